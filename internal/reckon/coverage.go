package reckon

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// coverageOn counts the services on digital channels among all in the catalogue not retired
// (docs/rules.md#online-coverage).
func coverageOn(c *census) figures.Coverage {
	var coverage figures.Coverage
	web, mobile := programme.ChannelWeb.Index(), programme.ChannelMobile.Index()
	for i := range c.services {
		s := &c.services[i]
		if s.Version == nil || s.Rollout.Retired {
			continue
		}
		coverage.Services++
		if !s.Live() {
			continue
		}
		channels := s.Channels()
		if channels&programme.DigitalSet != 0 {
			coverage.Digital++
		}
		if channels.Has(web) {
			coverage.Web++
		}
		if channels.Has(mobile) {
			coverage.Mobile++
		}
		if channels.Has(web) && channels.Has(mobile) {
			coverage.Both++
		}
	}
	coverage.Share = programme.RatioOf(float64(coverage.Digital), float64(coverage.Services))
	coverage.MobileShare = programme.RatioOf(float64(coverage.Mobile), float64(coverage.Services))
	return coverage
}
