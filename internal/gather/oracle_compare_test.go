package gather_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// comparison counts what the oracle and the program agree on, and lists where they differ.
type comparison struct {
	compared    int
	differences []string
}

// optional are the fields that an answer leaves out where there is nothing to say: both have them, or neither.
var optional = []string{"partial", "days", "to_date", "running", "direction", "step", "last_lunar_year"}

// named are the fields by which the elements of a list are found, whatever their order.
var named = [][]string{
	{"code"}, {"key"}, {"period"}, {"month"}, {"clause"}, {"kind"}, {"service", "milestone"}, {"service"}, {"entity"},
}

// ordered are the lists of which the order is compared too: the worst first.
const ordered = ".attention."

// all compares everything that the oracle says with what the program says at the same place.
func (c *comparison) all(at string, oracle, program any) {
	switch want := oracle.(type) {
	case map[string]any:
		have, is := program.(map[string]any)
		if !is {
			c.differ(at, oracle, program)
			return
		}
		for _, field := range slices.Sorted(maps.Keys(want)) {
			c.all(at+"."+field, want[field], have[field])
		}
		for _, field := range optional {
			if _, missing := want[field]; !missing && have[field] != nil {
				c.differ(at+"."+field, nil, have[field])
			}
		}
	case []any:
		c.lists(at, want, program)
	default:
		c.compared++
		if !reflect.DeepEqual(oracle, program) {
			c.differ(at, oracle, program)
		}
	}
}

func (c *comparison) lists(at string, want []any, program any) {
	have, _ := program.([]any)
	if len(want) != len(have) {
		c.differ(at+".length", keysOf(want), keysOf(have))
	}
	c.compared++
	if strings.Contains(at, ordered) && len(want) == len(have) {
		c.order(at, want, have)
	}
	byName := map[string]any{}
	for _, each := range have {
		byName[nameOf(each)] = each
	}
	for _, each := range want {
		name := nameOf(each)
		other, found := byName[name]
		if !found {
			c.differ(at+"["+name+"]", each, nil)
			continue
		}
		c.all(at+"["+name+"]", each, other)
	}
}

// order compares what is where in a list.
func (c *comparison) order(at string, want, have []any) {
	for i := range want {
		c.compared++
		if name := nameOf(want[i]); name != nameOf(have[i]) {
			c.differ(fmt.Sprintf("%s: place %d", at, i+1), name, nameOf(have[i]))
			return
		}
	}
}

// keysOf names the elements of a list, as far as a line can hold them.
func keysOf(list []any) string {
	names := make([]string, 0, len(list))
	for _, each := range list {
		names = append(names, nameOf(each))
	}
	slices.Sort(names)
	text := fmt.Sprintf("%d: %s", len(names), strings.Join(names, " "))
	return text[:min(len(text), 400)]
}

// nameOf names an element of a list: by its naming fields, or by its value.
func nameOf(element any) string {
	fields, is := element.(map[string]any)
	if !is {
		return fmt.Sprint(element)
	}
	if fields["kind"] != nil && fields["entity"] != nil {
		return nameOfFinding(fields)
	}
	for _, names := range named {
		var parts []string
		for _, name := range names {
			if value, found := fields[name]; found {
				parts = append(parts, fmt.Sprint(value))
			}
		}
		if len(parts) == len(names) {
			return strings.Join(parts, "/")
		}
	}
	return ""
}

// nameOfFinding is what a finding is of.
func nameOfFinding(fields map[string]any) string {
	var parts []string
	for _, name := range []string{"service", "channel", "measure", "against_measure", "period"} {
		if value := fields[name]; value != nil {
			parts = append(parts, fmt.Sprint(value))
		}
	}
	return strings.Join(parts, "/")
}

func (c *comparison) differ(at string, oracle, program any) {
	c.differences = append(c.differences, fmt.Sprintf("%s: the oracle says %v, the program %v", at, oracle, program))
}
