package main

import (
	"context"
	"fmt"
	"io"
	"os/user"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/audit"
)

// newAudit returns the audit of this process; what no request asks for is done by the operator of this machine.
func newAudit(s *store, registry prometheus.Registerer) (*audit.Recorder, error) {
	return audit.New(
		audit.Configuration{Operator: "operator/" + operatorName(), Zone: s.zone},
		audit.Dependencies{Store: s, Logger: s.log, Now: s.now, Registerer: registry},
	)
}

// operatorName is the machine's user, as its system knows it.
func operatorName() string {
	known, err := user.Current()
	if err != nil || known.Username == "" {
		return "unknown"
	}
	return known.Username
}

// auditVerdict is what verify found of the audit record.
type auditVerdict struct {
	// Audit lists the faults, the earliest chain's first.
	Audit       []audit.Fault `json:"audit"`
	AuditRows   int           `json:"audit_rows"`
	AuditChains int           `json:"audit_chains"`
	// AuditAnchor is the newest anchor that is as it was written: worth keeping where nobody can reach it from here.
	AuditAnchor *audit.Head `json:"audit_anchor,omitempty"`
	// AuditSought is the anchor that was asked for, when it is as it was written.
	AuditSought *audit.Anchored `json:"audit_sought,omitempty"`
}

// verifyAudit proves the whole audit record, and looks for an anchor by its hash; the zero hash is nobody's.
func verifyAudit(ctx context.Context, s *store, sought audit.Hash) (auditVerdict, error) {
	var proof audit.Proof
	var anchored *audit.Anchored
	err := s.AuditRecord(ctx, func(row *audit.Row) {
		proof.Add(row)
		if row.Action == audit.Anchor && row.Hash == sought && row.Sum() == sought {
			head := audit.Head{Chain: row.Chain, Seq: row.Seq, Hash: row.Hash}
			anchored = &audit.Anchored{Head: head, RecordedAt: row.RecordedAt}
		}
	})
	if err != nil {
		return auditVerdict{}, err
	}
	faults := proof.Faults()
	if faults == nil {
		faults = []audit.Fault{}
	}
	found := auditVerdict{Audit: faults, AuditRows: proof.Rows(), AuditChains: proof.Chains(), AuditSought: anchored}
	if anchor, stands := proof.Anchor(); stands {
		found.AuditAnchor = &anchor
	}
	return found, nil
}

// print writes the first fault in a line of its own and then all of them.
func (v auditVerdict) print(to io.Writer) error {
	_, err := fmt.Fprintf(to, "audit: %d rows in %d chains, %d faults\n", v.AuditRows, v.AuditChains, len(v.Audit))
	if v.AuditAnchor != nil && err == nil {
		_, err = fmt.Fprintf(
			to, "newest anchor: %s/%d %s\n", v.AuditAnchor.Chain, v.AuditAnchor.Seq, v.AuditAnchor.Hash,
		)
	}
	if v.AuditSought != nil && err == nil {
		_, err = fmt.Fprintf(
			to, "anchor asked for: %s/%d, written %s\n", v.AuditSought.Chain, v.AuditSought.Seq,
			v.AuditSought.RecordedAt.Format(time.RFC3339),
		)
	}
	for i, fault := range v.Audit {
		label := "audit fault"
		if i == 0 {
			label = "first audit fault"
		}
		if _, more := fmt.Fprintf(to, "%s: %s\n", label, fault); err == nil {
			err = more
		}
	}
	return err
}
