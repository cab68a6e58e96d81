package usage_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// A partial month names its missing days once, and how many services had events in it.
func TestAPartialMonthCountsItsServices(t *testing.T) {
	w := reckontest.New(t)
	for _, service := range []string{"a", "b"} {
		for _, channel := range []programme.Channel{programme.ChannelWeb, programme.ChannelMobile} {
			w.Feed("moi", service, "2016-01-01/2016-05-31", channel, 5, "2016-03-05/2016-03-18")
		}
	}
	w.Feed("moc", "c", "2016-01-01/2016-05-31", programme.ChannelWeb, 5)
	found := usage.NewIndex(w.Use).PartialMonths(civiltest.Month("2016-01"), civiltest.Month("2016-05"), civiltest.Day("2016-05-31"))
	if len(found) != 1 || found[0].Month != civiltest.Month("2016-03") || found[0].Services != 2 || len(found[0].Missing) != 14 {
		t.Errorf("%+v, want March 2016 of two services without fourteen days", found)
	}
}
