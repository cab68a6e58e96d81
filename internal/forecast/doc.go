// Package forecast draws futures of a programme: how many of its open
// milestones will count by given days, from the delays of those that finished.
//
// It is numbers only. An Input of delays and open milestones goes in, a Sample
// of counts comes out, and the same Input and seed give the same Sample. What a
// milestone is, and which of them are open, is for package reckon to say.
package forecast
