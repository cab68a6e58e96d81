// Package audit is the record of who did what: rows chained by their hashes,
// anchors that hold the heads of all chains, and the proof that nothing was
// altered, dropped or put in another order.
package audit
