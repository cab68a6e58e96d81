package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/planbook"
	"mirsad/web/page"
)

// planBook lets the pages write and read the Excel template of a plan.
type planBook struct {
	figures  page.Figures
	settings func() programme.Settings
	zone     *time.Location
	now      func() time.Time
}

// Write writes the template of an entity's plan, filled with the plan in force.
func (b planBook) Write(
	ctx context.Context, to io.Writer, planning *register.Planning, entity string, language i18n.Language,
) error {
	figures, err := b.figures.Figures(ctx, figures.Question{})
	if err != nil {
		return err
	}
	settings := b.settings()
	in := planbook.TemplateInput{
		Language: language, Programme: settings.Name, Classification: settings.Classification,
		Milestones: planning.Planned(entity), Services: planServices(planning, entity), AsAt: b.now(), Zone: b.zone,
	}
	if language == i18n.Arabic {
		in.Programme = settings.NameAr
	}
	if approved := planning.Record(entity).InForce(); approved != nil {
		in.Revision = approved.Revision
	}
	for i := range figures.Entities {
		each := programme.Entity{
			Code:   figures.Entities[i].Code,
			Name:   figures.Entities[i].Name,
			NameAr: figures.Entities[i].NameAr,
		}
		if each.Code == entity {
			in.Entity = each
		} else {
			in.Others = append(in.Others, each)
		}
	}
	return planbook.Write(to, in)
}

// planServices lists the entity's services that a milestone can name, by code.
func planServices(planning *register.Planning, entity string) []planbook.Service {
	var list []planbook.Service
	for code, service := range planning.Services {
		if service.Entity == entity && !service.Removed {
			list = append(list, planbook.Service{
				Code:     code,
				Name:     service.Name,
				NameAr:   service.NameAr,
				Verified: planning.Verified[code],
			})
		}
	}
	slices.SortFunc(list, func(a, b planbook.Service) int { return strings.Compare(a.Code, b.Code) })
	return list
}

// Read reads a filled template.
func (planBook) Read(workbook []byte, entity string) (register.PlanSheet, error) {
	upload, err := planbook.Read(workbook, entity)
	return upload.Sheet(), err
}
