// Package page is what every page of Mirsad is made with: a visit (who asks, in
// which language, about which dates), the frame and the menu around a page, the
// form and its refusals, the pager, numbers, links and charts as views, and the
// templates that make HTML of them.
//
// It knows no page. The rooms of package web and below it serve the pages.
package page
