package dev.threadsmigration.init;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an entity's table is taken to be, and its columns.
 *
 * @param lines what the job file must say beside the preset: the field's word, and its rule as YAML
 * @param sure one line each for what was recognised
 * @param guessed one line each for what a person should look at
 * @param open fields for which no column was found
 * @param unused columns that become nothing
 */
record Guess(
        Entity entity,
        FoundTable table,
        boolean named,
        Map<String, String> lines,
        List<String> sure,
        List<String> guessed,
        List<String> open,
        List<String> unused) {

    /** In the year 5138; as milliseconds it was in 1973. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(100_000_000_000L);

    /** @param referenced the tables that were found for the entities before this one */
    static Guess of(Entity entity, FoundTable table, EntityMapping preset, Map<Entity, FoundTable> referenced) {
        Guess guess = new Guess(
                entity,
                table,
                table.name().name().equals(preset.table()),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        Set<String> used = new LinkedHashSet<>();
        for (Field field : entity.fields()) {
            guess.look(field, preset.fields().get(field), referenced, used);
        }
        FieldRule oldId = preset.fields().get(Field.OLD_ID);
        if (oldId != null && oldId.column() != null) {
            used.add(oldId.column());
        }
        table.columns().stream()
                .map(Column::name)
                .filter(column -> used.stream().noneMatch(column::equalsIgnoreCase))
                .forEach(guess.unused::add);
        return guess;
    }

    private void look(Field field, @Nullable FieldRule preset, Map<Entity, FoundTable> referenced, Set<String> used) {
        String usual = preset == null ? null : preset.json() == null ? preset.column() : preset.json();
        Optional<Column> known = usual == null ? Optional.empty() : table.column(usual);
        if (known.isPresent()) {
            used.add(known.get().name());
            String type = type(field, known.get());
            if (type.isEmpty()) {
                sure.add(field + " from " + known.get().name());
            } else {
                lines.put(field.label(), "{ type: " + type + " }");
                guessed.add(
                        "%s from %s, taken as %s".formatted(field, known.get().name(), type));
            }
            return;
        }
        if (field == Field.ID && !table.primaryKey().isEmpty()) {
            used.addAll(table.primaryKey());
            sure.add("id from the primary key " + String.join(", ", table.primaryKey()));
            return;
        }
        Optional<Column> guess = reference(field, referenced).or(() -> synonym(field, used));
        if (guess.isEmpty()) {
            open.add(field.label() + (entity.requires(field) ? " (required: name its column, or a constant)" : ""));
            return;
        }
        Column column = guess.get();
        used.add(column.name());
        String type = type(field, column);
        String key = field == Field.METADATA ? "json" : "column";
        lines.put(
                field.label(),
                "{ %s: %s%s }"
                        .formatted(key, JobFileDraft.quoted(column.name()), type.isEmpty() ? "" : ", type: " + type));
        guessed.add("%s from %s%s".formatted(field, column.name(), type.isEmpty() ? "" : ", taken as " + type));
    }

    private Optional<Column> reference(Field field, Map<Entity, FoundTable> referenced) {
        for (Entity other : entity.references()) {
            if (entity.referenceTo(other) == field && referenced.containsKey(other)) {
                return table.referenceTo(referenced.get(other)).flatMap(table::column);
            }
        }
        return Optional.empty();
    }

    private Optional<Column> synonym(Field field, Set<String> used) {
        for (String word : Synonyms.of(field)) {
            for (Column column : table.columns()) {
                if (Synonyms.plain(column.name()).equals(word) && !used.contains(column.name())) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    private String type(Field field, Column column) {
        BigDecimal seen = table.numbers().get(column.name());
        if (field.kind() != Field.Kind.INSTANT || seen == null && !column.isInteger() && !column.isDecimal()) {
            return "";
        }
        if (seen != null) {
            return seen.abs().compareTo(MOST_SECONDS) > 0 ? "epoch-millis" : "epoch-seconds";
        }
        return Synonyms.plain(column.name()).endsWith("ms")
                        || column.typeName().toLowerCase(Locale.ROOT).matches("bigint|int8")
                ? "epoch-millis"
                : "epoch-seconds";
    }
}
