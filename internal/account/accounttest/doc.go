// Package accounttest has what the tests of accounts, tokens and signed links share: a store that counts its questions
// and can go away, a clock that tests move, and a site behind the guard with browsers that visit it.
package accounttest
