package office

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
	"mirsad/web/page"
)

// campaignRecord is an awareness campaign.
func campaignRecord() record {
	return record{
		family:  programme.FamilyCampaign,
		subject: func(v *visit) (string, error) { return v.Parameter("campaign"), nil },
		heading: func(v *visit) string { return v.T("admin.campaign", page.Args("id", v.Parameter("campaign"))) },
		lead:    "admin.campaign.lead",
		values:  campaignValues,
		fields: func(v *visit, values url.Values) []page.Field {
			services := v.recordField(values, "services", "textarea")
			services.Direction = "ltr"
			return []page.Field{
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
	if errors.Is(err, programme.ErrNotFound) && v.Reader.Admin() {
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
		ID: v.Parameter("campaign"), Name: page.FormText(values, "name"), NameAr: page.FormText(values, "name_ar"),
		StartsOn: page.FormDate(values, "starts_on", &unread), EndsOn: page.FormDate(values, "ends_on", &unread),
		Services: page.FormCodes(values, "services"),
	}
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return v.deps.Acts.Campaigns.Record(ctx, by, c, campaign)
	}, unread, nil
}

// campaignsView lists the campaigns.
type campaignsView struct {
	page.Frame

	Sections []page.Link
	Editable bool
	Action   string
	Rows     []campaignRow
}

// campaignRow is one campaign of the list.
type campaignRow struct {
	Link     page.Link
	ID       string
	Days     string
	Services string
}

// campaigns lists the campaigns; with the code of a new one it leads to that one's form.
func (v *visit) campaigns(rw http.ResponseWriter) error {
	if err := v.mayAdminister(); err != nil {
		return err
	}
	if id := strings.TrimSpace(v.Address.Query.Get("id")); id != "" && v.Reader.Admin() && register.IsCode(id) {
		page.Redirect(rw, v.Request, "/"+string(v.Language)+"/admin/campaigns/"+url.PathEscape(id))
		return nil
	}
	facts, err := v.deps.Register.Facts(v.Request.Context(), []programme.Family{programme.FamilyCampaign}, time.Time{})
	if err != nil {
		return err
	}
	campaigns, _, err := register.CampaignsOf(facts)
	if err != nil {
		return err
	}
	view := campaignsView{
		Frame: v.Frame(v.T("admin.campaigns")), Sections: v.adminSections(), Editable: v.Reader.Admin(),
		Action: "/" + string(v.Language) + "/admin/campaigns",
	}
	for _, each := range campaigns {
		view.Rows = append(view.Rows, campaignRow{
			Link: page.Link{
				Text:    v.Name(each.Name, each.NameAr),
				Address: v.Address.To("/admin/campaigns/" + url.PathEscape(each.ID)),
			},
			ID:       each.ID,
			Days:     v.T("base.interval", page.Args("from", v.Date(each.StartsOn), "to", v.Date(each.EndsOn))),
			Services: v.Int(int64(len(each.Services))),
		})
	}
	return v.Render(rw, http.StatusOK, "admin_campaigns", view)
}
