// Package catalogue is every entity and service as known at one moment: what the
// catalogue says of it, its life by rollouts, its levels, the bundle of which it is
// a part and what it succeeds, and so how it was on any date. It knows neither the
// use of a service nor a plan.
package catalogue
