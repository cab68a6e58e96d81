// Package scan reads workbooks that others wrote: it looks through each in bounded time and memory before the library
// that reads cells sees it, and names what can't be taken at its word. The importers' lists and the filled templates of
// plans are read with the same strength.
package scan
