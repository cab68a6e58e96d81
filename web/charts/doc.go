// Package charts builds the options that the page's script hands to ECharts.
//
// go-echarts serves as a typed option builder only: its own rendering turns a
// hostile name into script, so nothing here calls it. What comes out is JSON
// for a data block, with every text worded by the caller and every colour a
// token ("@accent") that the page's style sheet resolves, so that one option
// serves the light theme, the dark one and print.
package charts
