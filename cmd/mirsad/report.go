package main

import (
	"context"
	"fmt"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/config"
	"mirsad/internal/i18n"
)

type reportCommand struct {
	Month civil.Month `required:"" help:"Month reported, such as 2016-09."`
	Lang  string      `default:"en" enum:"en,ar" help:"Language: en or ar."`
	Out   string      `required:"" help:"File to write; - for standard output."`
	AsAt  civil.Date  `help:"Knowledge used, such as 2016-10-10; empty: now."`
}

// Run writes the month's highlights workbook.
func (c reportCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	parts, err := newQueries(store, prometheus.NewRegistry())
	if err != nil {
		return err
	}
	content, err := parts.reports.Highlights(ctx, c.Month, i18n.Language(c.Lang), c.AsAt)
	if err != nil {
		return err
	}
	if err := c.audit(ctx, store); err != nil {
		return err
	}
	if c.Out == "-" {
		_, err = std.out.Write(content)
		return err
	}
	if err := os.WriteFile(c.Out, content, 0o644); err != nil { //nolint:gosec // a report is for others to read
		return err
	}
	std.tell("%s: %d bytes\n", c.Out, len(content))
	return nil
}

// audit writes down that the workbook is taken away, before it is.
func (c reportCommand) audit(ctx context.Context, s *store) error {
	recorder, err := newAudit(s, nil)
	if err != nil {
		return err
	}
	recorder.Record(ctx, audit.Entry{
		Action: audit.ReportDownload, Object: fmt.Sprintf("report %s %s", c.Month, c.Lang),
	})
	return recorder.Stop(ctx)
}
