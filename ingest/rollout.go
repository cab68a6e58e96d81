package ingest

import (
	"encoding/hex"
	"slices"
	"time"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// rolloutKind is a change of what a service offers: its level, its channels, its beginning or its end.
var rolloutKind = kind[programme.Rollout]{
	event: programme.TypeRollout, letter: 'r', block: "rollouts", undated: true,
	judge:  (*judge).rollout,
	encode: encodeJSON[programme.Rollout], decode: decodeJSON[programme.Rollout],
	insert: EventStore.InsertRollouts,
	origin: func(r *programme.Rollout) origin { return origin{r.RecordedAt, r.Entity, r.EventID} },
}

var actions = named(programme.Actions())

// criteria are the questions of the maturity assessment (docs/rules.md#criteria).
var criteria = []string{
	"info", "status", "enquiry", "form", "apply", "documents", "payment", "decision_remote", "delivery_remote",
	"linked", "notify_once", "proactive",
}

// answers are what a criterion may be answered.
var answers = []string{"yes", "no", "not_applicable"}

// The days on which a rollout can take effect: what lies outside is a slip of the pen.
var earliestEffect, latestEffect = civil.NewDate(1900, time.January, 1), civil.NewDate(2199, time.December, 31)

// rollout judges the data of a mirsad.rollout.v1.
func (j *judge) rollout(e *envelope, c common) (programme.Rollout, *rows.Fault) {
	key := eventKey(e.source, e.id)
	r := programme.Rollout{
		ID: hex.EncodeToString(key[:]), Entity: c.entity, Service: c.service,
		Source: string(e.source), EventID: string(e.id),
		Actor: j.principal.ID, RecordedAt: c.recordedAt, ReceivedAt: c.receivedAt,
	}
	wrong := j.eachDataField(e.data, func(key []byte, decoder *jx.Decoder) *rows.Fault {
		switch string(key) {
		case "action":
			return chosen(decoder, "data.action", actions, &r.Action)
		case "level":
			return whole(decoder, "data.level", 1, 4, &r.Level)
		case "channels":
			r.Channels = nil
			return eachElement(decoder, "data.channels", func(decoder *jx.Decoder) *rows.Fault {
				var channel programme.Channel
				wrong := chosen(decoder, "data.channels", channels, &channel)
				r.Channels = append(r.Channels, channel)
				return wrong
			})
		case "effective_on":
			return parsed(decoder, "data.effective_on", civil.ParseDate, &r.EffectiveOn)
		case "evidence":
			r.Evidence = nil
			return eachElement(decoder, "data.evidence", func(decoder *jx.Decoder) *rows.Fault {
				answer, wrong := evidence(decoder, c.entity)
				r.Evidence = append(r.Evidence, answer)
				return wrong
			})
		default:
			return rows.UnknownField(key)
		}
	})
	if wrong == nil {
		wrong = rolloutLacks(&r)
	}
	if r.Level != 0 && j.verify {
		r.VerifiedBy = j.principal.ID
	}
	return r, wrong
}

func rolloutLacks(r *programme.Rollout) *rows.Fault {
	levelled := r.Action == programme.ActionUpgrade || r.Action == programme.ActionDowngrade
	channelled := r.Action == programme.ActionAddChannel || r.Action == programme.ActionRemoveChannel
	switch {
	case r.Action == "":
		return missing("data.action")
	case r.EffectiveOn.IsZero():
		return missing("data.effective_on")
	case r.EffectiveOn < earliestEffect || r.EffectiveOn > latestEffect:
		return badValue("data.effective_on")
	case levelled && r.Level == 0:
		return missing("data.level")
	case channelled && len(r.Channels) == 0:
		return missing("data.channels")
	case r.Action == programme.ActionRetire && r.Level != 0: // a level is a claim, and nothing is left to claim it for
		return badValue("data.level")
	case slices.Contains(r.Channels, ""):
		return badValue("data.channels")
	default:
		return nil
	}
}

// evidence reads one answer of an entity's claim.
func evidence(decoder *jx.Decoder, claimant string) (programme.Answer, *rows.Fault) {
	const field = "data.evidence"
	var answer programme.Answer
	if decoder.Next() != jx.Object {
		return answer, badValue(field)
	}
	var wrong *rows.Fault
	err := rows.EachField(decoder, func(key []byte) error {
		wrong = answerField(key, decoder, &answer)
		if wrong != nil {
			return errRefused
		}
		return nil
	})
	switch {
	case wrong != nil:
		return answer, wrong
	case err != nil,
		!slices.Contains(criteria, string(answer.Criterion)),
		!slices.Contains(answers, answer.Answer),
		slices.Contains(answer.Entities, ""), slices.Contains(answer.Entities, claimant), // level 4 takes others
		answer.URL != "" && !programme.WebAddress(answer.URL):
		return answer, badValue(field)
	default:
		return answer, nil
	}
}

func answerField(key []byte, decoder *jx.Decoder, answer *programme.Answer) *rows.Fault {
	const field = "data.evidence"
	var text []byte
	var wrong *rows.Fault
	switch string(key) {
	case "criterion":
		text, wrong = str(decoder, field)
		answer.Criterion = programme.Criterion(text)
	case "answer":
		text, wrong = str(decoder, field)
		answer.Answer = string(text)
	case "url":
		text, wrong = str(decoder, field)
		answer.URL = string(text)
	case "entities":
		wrong = eachElement(decoder, field, func(decoder *jx.Decoder) *rows.Fault {
			entity, wrong := str(decoder, field)
			answer.Entities = append(answer.Entities, string(entity))
			return wrong
		})
	default:
		return rows.Faulty(programme.RefusedUnknownField, field)
	}
	return wrong
}
