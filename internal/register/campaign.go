package register

import (
	"encoding/json"
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Campaign is an awareness campaign: its dates and the services that it is to make known.
type Campaign struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	NameAr   string     `json:"name_ar"`
	StartsOn civil.Date `json:"starts_on"`
	EndsOn   civil.Date `json:"ends_on"`
	Services []string   `json:"services"`
}

// mostTargets is how many services a campaign may name.
const mostTargets = 5000

// longestCampaign is in days.
const longestCampaign = 731

// CampaignsOf returns the newest version of every campaign, by id, and its sequence.
func CampaignsOf(facts []programme.Fact) ([]Campaign, []uint32, error) {
	read, err := programme.ReadFamily[Campaign](facts, programme.FamilyCampaign, programme.NoEnd)
	if err != nil {
		return nil, nil, err
	}
	campaigns, versions := []Campaign{}, []uint32{}
	for i, each := range read {
		if i+1 < len(read) && read[i+1].Subject == each.Subject {
			continue
		}
		campaigns, versions = append(campaigns, each.Body), append(versions, each.Seq)
	}
	return campaigns, versions, nil
}

// CampaignOf returns the campaign of a stream's newest fact; none is ErrNotFound.
func CampaignOf(stream []programme.Fact) (Campaign, error) {
	if len(stream) == 0 {
		return Campaign{}, fmt.Errorf("%w: no such campaign", programme.ErrNotFound)
	}
	var campaign Campaign
	err := json.Unmarshal(stream[len(stream)-1].Body, &campaign)
	return campaign, err
}

// Campaign records a new version of a campaign, or a new one.
func (c Change) Campaign(next Campaign, known Catalogue) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		var found faults
		found.code("id", next.ID)
		found.text("name", next.Name, longestName)
		found.text("name_ar", next.NameAr, longestName)
		started := found.day("starts_on", next.StartsOn, true)
		if ends := found.day("ends_on", next.EndsOn, true); started && ends {
			last := next.StartsOn.AddDays(longestCampaign - 1)
			if next.EndsOn < next.StartsOn || next.EndsOn > last {
				found.Add("ends_on", "not_between", "from", next.StartsOn.String(), "to", last.String())
			}
		}
		switch {
		case len(next.Services) == 0:
			found.Add("services", "missing")
		case len(next.Services) > mostTargets:
			found.Add("services", "too_many", "most", mostTargets)
		default:
			services := known.serviceCodes()
			next.Services = services.codes(next.Services)
			found.codes("services", next.Services, known.hasService)
			slices.Sort(next.Services)
		}
		return c.draft(stream, next, found)
	}
}
