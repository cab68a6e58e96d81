package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// campaignRecord is an awareness campaign.
func campaignRecord() record {
	return record{
		family:  programme.FamilyCampaign,
		subject: func(v *visit) (string, error) { return v.parameter("campaign"), nil },
		heading: func(v *visit) string { return v.T("admin.campaign", args("id", v.parameter("campaign"))) },
		lead:    "admin.campaign.lead",
		values:  campaignValues,
		fields: func(v *visit, values url.Values) []field {
			services := v.recordField(values, "services", "textarea")
			services.Direction = "ltr"
			return []field{
				v.recordField(values, "name", "text"), v.recordField(values, "name_ar", "text"),
				v.recordField(values, "starts_on", "date"), v.recordField(values, "ends_on", "date"), services,
			}
		},
		read: readCampaign,
	}
}

// campaignValues are empty for a campaign that is not there yet, which only an administrator can begin.
func campaignValues(v *visit, stream []programme.Fact) (url.Values, error) {
	campaign, err := register.CampaignOf(stream)
	if errors.Is(err, programme.ErrNotFound) && v.reader.Admin() {
		return url.Values{}, nil
	}
	return url.Values{
		"name": {campaign.Name}, "name_ar": {campaign.NameAr}, "starts_on": {campaign.StartsOn.String()},
		"ends_on": {campaign.EndsOn.String()}, "services": {strings.Join(campaign.Services, "\n")},
	}, err
}

func readCampaign(v *visit, values url.Values, _ []programme.Fact) (recording, []programme.Fault, error) {
	var unread []programme.Fault
	campaign := register.Campaign{
		ID: v.parameter("campaign"), Name: formText(values, "name"), NameAr: formText(values, "name_ar"),
		StartsOn: formDate(values, "starts_on", &unread), EndsOn: formDate(values, "ends_on", &unread), Services: formList(values, "services"),
	}
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return v.acts.Campaigns.Record(ctx, by, c, campaign)
	}, unread, nil
}

// campaignsView lists the campaigns.
type campaignsView struct {
	ownFrame

	Sections []link
	Editable bool
	Action   string
	Rows     []campaignRow
}

// campaignRow is one campaign of the list.
type campaignRow struct {
	Link     link
	ID       string
	Days     string
	Services string
}

// campaigns lists the campaigns; with the code of a new one it leads to that one's form.
func (w *Web) campaigns(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	if err := v.mayAdminister(); err != nil {
		w.problem(rw, v.base, err)
		return
	}
	if id := strings.TrimSpace(v.address.query.Get("id")); id != "" && v.reader.Admin() && register.IsCode(id) {
		redirect(rw, r, "/"+string(v.Language)+"/admin/campaigns/"+url.PathEscape(id))
		return
	}
	facts, err := w.deps.Register.Facts(r.Context(), []programme.Family{programme.FamilyCampaign}, time.Time{})
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	campaigns, _, err := register.CampaignsOf(facts)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	view := campaignsView{
		ownFrame: v.ownFrame(v.T("admin.campaigns")), Sections: v.adminSections(), Editable: v.reader.Admin(),
		Action: "/" + string(v.Language) + "/admin/campaigns",
	}
	for _, each := range campaigns {
		view.Rows = append(view.Rows, campaignRow{
			Link: link{Text: v.name(each.Name, each.NameAr), Address: v.address.to("/admin/campaigns/" + url.PathEscape(each.ID))},
			ID:   each.ID, Days: v.T("base.interval", args("from", v.Date(each.StartsOn), "to", v.Date(each.EndsOn))),
			Services: v.Int(int64(len(each.Services))),
		})
	}
	w.render(rw, v.base, http.StatusOK, "admin_campaigns", view)
}
