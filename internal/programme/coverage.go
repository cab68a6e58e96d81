package programme

// coverageOn counts the services on digital channels among all in the catalogue not retired
// (docs/rules.md#online-coverage).
func coverageOn(c *census) Coverage {
	var coverage Coverage
	web, mobile := channelIndex(ChannelWeb), channelIndex(ChannelMobile)
	for i := range c.services {
		s := &c.services[i]
		if s.version == nil || s.rollout.retired {
			continue
		}
		coverage.Services++
		if !s.live() {
			continue
		}
		channels := s.channels()
		if channels&digitalSet != 0 {
			coverage.Digital++
		}
		if channels.has(web) {
			coverage.Web++
		}
		if channels.has(mobile) {
			coverage.Mobile++
		}
		if channels.has(web) && channels.has(mobile) {
			coverage.Both++
		}
	}
	coverage.Share = RatioOf(float64(coverage.Digital), float64(coverage.Services))
	coverage.MobileShare = RatioOf(float64(coverage.Mobile), float64(coverage.Services))
	return coverage
}
