package link

import (
	"context"
	"encoding/json"
	"fmt"

	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Subjects returns a function that describes an entity of the catalogue and the programme as they are recorded now;
// an entity that is not in the catalogue is ErrNotFound.
func Subjects(store Store) func(context.Context, string) (Subject, error) {
	return func(ctx context.Context, code string) (Subject, error) {
		stream, err := store.Stream(ctx, programme.FamilyEntity, code)
		if err != nil {
			return Subject{}, err
		}
		if len(stream) == 0 {
			return Subject{}, fmt.Errorf("%w: entity %s", programme.ErrNotFound, code)
		}
		var entity programme.Entity
		if err := json.Unmarshal(stream[len(stream)-1].Body, &entity); err != nil {
			return Subject{}, fmt.Errorf("read entity %s: %w", code, err)
		}
		stream, err = store.Stream(ctx, programme.FamilyProgramme, programme.ProgrammeSubject)
		if err != nil {
			return Subject{}, err
		}
		settings, err := register.SettingsOf(stream)
		if err != nil {
			return Subject{}, err
		}
		return Subject{
			Entity: entity.Name, EntityAr: entity.NameAr,
			Programme: settings.Name, ProgrammeAr: settings.NameAr, Classification: settings.Classification,
		}, nil
	}
}
