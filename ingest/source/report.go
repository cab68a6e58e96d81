package source

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"mirsad/internal/programme"
)

// examples is how many refused rows of each code a report shows.
const examples = 3

// Report is what became of a load.
type Report struct {
	Name string
	// Dry says that nothing was stored.
	Dry            bool
	CatalogueAdded int // facts; 0 when all were known
	Sent, Accepted int // events
	// Rejected counts refused events by their code.
	Rejected map[programme.RefusalCode]int
	// Examples are the first refused rows of each code, with the receipt that lists them.
	Examples map[programme.RefusalCode][]Example
	Receipts []Receipt
	Duration time.Duration
}

// Example is a refused row and its receipt.
type Example struct {
	Refused
	Receipt string
}

// write prints a refused row with all that is wrong with it, in both languages: who corrects it may read either.
func (e *Example) write(out *strings.Builder) {
	kept := "not kept"
	if e.Receipt != "" {
		kept = "receipt " + e.Receipt
	}
	faults := e.Faults
	if len(faults) == 0 {
		faults = []RefusedFor{{e.Field, e.Wording}}
	}
	for _, f := range faults {
		fmt.Fprintf(out, "  row %s (%s), field %s\n    %s %s\n", rowName(e.Refused), kept, f.Field, f.Message, f.Remedy)
		if f.MessageAr != "" {
			fmt.Fprintf(out, "    %s %s\n", f.MessageAr, f.RemedyAr)
		}
	}
}

// Receipt is the answer to one body in short.
type Receipt struct {
	ID                 string
	Accepted, Rejected int
}

// Refusals returns the number of refused events.
func (r *Report) Refusals() int {
	total := 0
	for _, n := range r.Rejected {
		total += n
	}
	return total
}

func (r *Report) add(sent int, answer Answer) {
	r.Sent += sent
	r.Accepted += answer.Accepted
	if answer.Receipt != "" { // of a body that was refused as a whole there is none
		r.Receipts = append(r.Receipts, Receipt{answer.Receipt, answer.Accepted, len(answer.Rejected)})
	}
	r.count(answer.Rejected, answer.Receipt)
}

// refuse adds rows that were refused before anything was sent.
func (r *Report) refuse(refused []Refused) { r.count(refused, "") }

func (r *Report) count(refused []Refused, receipt string) {
	if r.Rejected == nil {
		r.Rejected, r.Examples = map[programme.RefusalCode]int{}, map[programme.RefusalCode][]Example{}
	}
	for _, each := range refused {
		r.Rejected[each.Code]++
		if shown := r.Examples[each.Code]; len(shown) < examples {
			r.Examples[each.Code] = append(shown, Example{each, receipt})
		}
	}
}

// WriteTo prints the report in words: the totals, the refusals by code with their first rows, and the receipts, those
// with refusals one by one.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var out strings.Builder
	if r.Dry {
		fmt.Fprintf(&out, "%s: %d events tried and none stored: %d would be accepted, %d refused.\n",
			r.Name, r.Sent, r.Accepted, r.Refusals())
	} else {
		fmt.Fprintf(&out, "%s: %d events sent in %s, %d accepted, %d refused; %d facts added to the catalogue.\n",
			r.Name, r.Sent, r.Duration.Round(10*time.Millisecond), r.Accepted, r.Refusals(), r.CatalogueAdded)
	}
	for _, code := range slices.Sorted(maps.Keys(r.Rejected)) {
		fmt.Fprintf(&out, "\nRefused as %s: %d\n", code, r.Rejected[code])
		for _, e := range r.Examples[code] {
			e.write(&out)
		}
	}
	r.writeReceipts(&out)
	n, err := io.WriteString(w, out.String())
	return int64(n), err
}

func (r *Report) writeReceipts(out *strings.Builder) {
	clean := 0
	for _, receipt := range r.Receipts {
		if receipt.Rejected == 0 {
			clean++
		}
	}
	if clean < len(r.Receipts) {
		fmt.Fprint(out, "\nReceipts with refusals:\n")
	}
	for _, receipt := range r.Receipts {
		if receipt.Rejected > 0 {
			fmt.Fprintf(out, "  %s: %d accepted, %d refused\n", receipt.ID, receipt.Accepted, receipt.Rejected)
		}
	}
	if clean == 0 {
		return
	}
	ids := make([]string, 0, clean)
	for _, receipt := range r.Receipts {
		if receipt.Rejected == 0 {
			ids = append(ids, receipt.ID)
		}
	}
	fmt.Fprintf(out, "\nReceipts without refusals, %d: %s", clean, strings.Join(ids[:min(3, clean)], ", "))
	if clean > 3 {
		fmt.Fprintf(out, " … %s", ids[clean-1])
	}
	out.WriteByte('\n')
}

func rowName(refused Refused) string {
	if refused.File != "" {
		return strings.TrimSuffix(fmt.Sprintf("%d of %s, %s", refused.Row, refused.File, refused.ID), ", ")
	}
	if refused.ID != "" {
		return refused.ID
	}
	return fmt.Sprintf("number %d", refused.Index)
}
