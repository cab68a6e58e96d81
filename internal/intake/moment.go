package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// momentForm is a day, a time of day with or without seconds, half of the day and offset.
var momentForm = regexp.MustCompile(
	`(?i)^(.*?\S)(?:T| *[, ] *)(\d{1,2}):(\d{2})(:\d{2})?([.,]\d+)? ?([ap]\.?m\.?|[صم])? ?` +
		`(Z|UTC|GMT|(?:UTC|GMT)? ?[-+]\d{1,2}(?::?\d{2})?)?$`,
)

// Moment reads a date with a time of day and its offset, and returns it as RFC 3339 writes it: also 2016-09-30 9:15 +3 and
// 30/09/2016 9:15 PM GMT+3.
func (d *Dates) Moment(text string) (string, Reason) {
	text = alike.Replace(Digits(Clean(text)))
	if reason := unvalued(text); reason != "" {
		return "", reason
	}
	parts := momentForm.FindStringSubmatch(text)
	if parts == nil {
		return "", NotMoment
	}
	day, reason := d.Day(parts[1])
	if reason == NotDate {
		reason = NotMoment
	}
	if reason != "" {
		return "", reason
	}
	hour, is := hourOf(parts[2], parts[6])
	if !is {
		return "", NotMoment
	}
	seconds, fraction := parts[4], strings.Replace(parts[5], ",", ".", 1)
	if seconds == "" {
		seconds = ":00"
	}
	offset, is := offsetOf(strings.ToUpper(parts[7]))
	if !is {
		return "", NoOffset
	}
	moment := day.String() + "T" + hour + ":" + parts[3] + seconds + fraction + offset
	if _, err := time.Parse(time.RFC3339, moment); err != nil {
		return "", NotMoment
	}
	return moment, ""
}

// hourOf writes an hour of 24; with a half of the day it is one of 12.
func hourOf(digits, half string) (hour string, is bool) {
	value := number(digits)
	if half != "" {
		if value < 1 || value > 12 {
			return "", false
		}
		value %= 12
		if first := strings.ToLower(half)[0]; first == 'p' || half == "م" {
			value += 12
		}
	}
	hour = strconv.Itoa(value)
	if len(hour) < len("09") {
		hour = "0" + hour
	}
	return hour, true
}

// offsetOf writes an offset as RFC 3339 does; false: there is none.
func offsetOf(text string) (offset string, is bool) {
	digits := strings.Map(digitsAlone, text)
	switch {
	case text == "":
		return "", false
	case digits == "": // Z, UTC, GMT
		return "Z", true
	}
	sign := text[strings.IndexAny(text, "+-")]
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	if len(digits) == len("03") {
		digits += "00"
	}
	return string(sign) + digits[:2] + ":" + digits[2:], true
}
