package charts

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a complete plot; a test changes what it is about.
func sample() Plot {
	return Plot{
		Periods: []string{"Jul 2016", "Aug 2016", "Sep 2016", "Oct 2016"},
		Series: []Series{
			{Name: "Counted", Label: "Counted 23", Values: []Value{Whole(18), Whole(20), Whole(23), {}}, Colour: Accent, Dash: Solid, Symbol: "circle", Heavy: true},
			{Name: "Plan", Label: "Plan", Values: []Value{Whole(19), {}, Whole(25), Whole(30)}, Colour: Muted, Dash: Dashed, Symbol: "rect"},
		},
	}
}

func TestOptions(t *testing.T) {
	burnUp := sample()
	burnUp.Goal, burnUp.Today = &Line{At: 30, Label: "Goal 30"}, &Line{At: 2, Label: "30 September 2016"}
	arabic := burnUp
	arabic.RightToLeft = true
	near := sample()
	near.From, near.To = 15, 35
	banded := burnUp
	banded.Bands = []Band{
		{Name: "80% band", Low: []Value{{}, {}, Whole(23), Whole(24)}, High: []Value{{}, {}, Whole(23), Whole(31)}, Colour: Accent, Opacity: .15},
		{Name: "50% band", Low: []Value{{}, {}, Whole(23), Whole(26)}, High: []Value{{}, {}, Whole(23), Whole(29)}, Colour: Accent, Opacity: .25},
	}
	shaded := sample()
	shaded.Stretches = []Stretch{{Name: "Ramadan", From: .5, To: 1.25}}
	shadedArabic := shaded
	shadedArabic.RightToLeft = true
	for _, c := range []struct {
		name string
		draw func(Plot) (json.RawMessage, error)
		plot Plot
	}{
		{"lines", Lines, burnUp},
		{"lines_right_to_left", Lines, arabic},
		{"lines_with_bands", Lines, banded},
		{"columns", Columns, sample()},
		{"columns_under_lines", ColumnsUnderLines, burnUp},
		{"lines_on_part_of_an_axis", Lines, near},
		{"stack", Stack, sample()},
		{"columns_with_a_stretch", Columns, shaded},
		{"lines_with_a_stretch_right_to_left", Lines, shadedArabic},
		{"stack_right_to_left", Stack, arabic},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.draw(c.plot)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, c.name, got)
		})
	}
}

func TestSpans(t *testing.T) {
	plot := SpanPlot{From: 12 * 2014, To: 12 * 2017, Today: &Line{At: 12*2016 + 8.9, Label: "30 September 2016"}, Spans: []Span{
		{
			Name: "Ministry {of} Interior", Label: "◆ Late, 42 d", Words: "Ministry of Interior: late", Colour: "@bad", Done: .75,
			OriginalFrom: 12 * 2014, OriginalTo: 12*2016 + 6, CurrentFrom: 12*2014 + 1, CurrentTo: 12*2016 + 9,
		},
		{Name: "One day", Label: "✓ Done, 0 d", Words: "One day: done", Colour: "@good", Done: 1, OriginalFrom: 12 * 2015, OriginalTo: 12 * 2015, CurrentFrom: 12 * 2015, CurrentTo: 12 * 2015},
	}}
	for name, rightToLeft := range map[string]bool{"spans": false, "spans_right_to_left": true} {
		plot.RightToLeft = rightToLeft
		got, err := Spans(plot)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name, got)
	}
}

func compare(t *testing.T, name string, got json.RawMessage) {
	t.Helper()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, got, "", "  "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, pretty.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, pretty.Bytes()) {
		t.Errorf("%s changed; run the test with -update and read the difference:\n%s", file, pretty.String())
	}
}

func TestAHostileNameStaysAName(t *testing.T) {
	for _, name := range []string{"</script><script>alert(1)</script>", "__f__alert(1)__f__", `<img src=x onerror="alert(1)">`, "{a}{b}"} {
		plot := sample()
		plot.Series[0].Name, plot.Series[0].Label, plot.Periods[0] = name, name, name
		got, err := Lines(plot)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(string(got), "<>") {
			t.Errorf("%s: markup is not escaped in %s", name, got)
		}
		var option struct {
			Series []struct{ Name string }
		}
		if err := json.Unmarshal(got, &option); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if option.Series[0].Name != name {
			t.Errorf("name is %q, want %q", option.Series[0].Name, name)
		}
	}
}

// The rows are the last values of lines whose labels meet, or don't, and how far each label moves.
func TestLabelsOfLinesThatEndTogetherStandApart(t *testing.T) {
	const half = labelHeight / 2.0
	for name, test := range map[string]struct {
		last []Value
		want []float64
	}{
		"apart":             {[]Value{Whole(30), Whole(2)}, []float64{0, 0}},
		"at one point":      {[]Value{Whole(30), Whole(30)}, []float64{-half, half}},
		"at the axis":       {[]Value{Whole(3), Whole(0), Whole(0), Whole(0)}, []float64{-27, -34, -17, 0}},
		"three, one a tail": {[]Value{Whole(30), Whole(27), Whole(30)}, []float64{-half, labelHeight*2 - 24 - half, half}},
	} {
		plot := sample()
		plot.Goal = &Line{At: 30}
		plot.Series = nil
		for _, last := range test.last {
			plot.Series = append(plot.Series, Series{Label: "a line", Values: []Value{Whole(1), last}})
		}
		got := spread(plot)
		for i := range test.want {
			if math.Abs(got[i]-test.want[i]) > 1e-9 {
				t.Errorf("%s: labels move by %v, want %v", name, got, test.want)
				break
			}
		}
	}
}

func TestAMissingNumberIsAGap(t *testing.T) {
	got, err := json.Marshal([]Value{Of(programme.CountOf(0)), Of(programme.Count{State: programme.NotProvided}), Of(programme.RatioOf(1, 8))})
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "[0,null,0.125]" {
		t.Errorf("values are %s", got)
	}
}
