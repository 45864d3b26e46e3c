package dev.threadsmigration.init;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.Presets;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which preset a database's tables are nearest to, and which table each entity is. */
final class ShapeFinder {

    private static final int EXACT_TABLE = 6;
    private static final int TABLE = 3;
    private static final int EXACT_COLUMN = 2;
    private static final int COLUMN = 1;
    /** Less than what the exact spelling of a table adds: MySQL and SQLite keep TypeORM's UUIDs as texts, too. */
    private static final int TYPE = 2;

    private final List<FoundTable> tables;

    ShapeFinder(List<FoundTable> tables) {
        this.tables = tables;
    }

    /** The nearest preset. */
    String preset() {
        String best = Presets.names().get(0);
        int most = -1;
        for (String preset : Presets.names()) {
            int score = Presets.mapping(preset).values().stream()
                    .mapToInt(mapping -> score(preset, mapping))
                    .sum();
            if (score > most) {
                most = score;
                best = preset;
            }
        }
        return most <= 0 ? "raw-sql" : best;
    }

    private int score(String preset, EntityMapping mapping) {
        Optional<FoundTable> table = named(mapping.table());
        if (table.isEmpty()) {
            return 0;
        }
        int score = table.get().name().name().equals(mapping.table()) ? EXACT_TABLE : TABLE;
        for (FieldRule rule : mapping.fields().values()) {
            for (String column : rule.columnsRead()) {
                Optional<Column> found = table.get().column(column);
                if (found.isPresent()) {
                    score += found.get().name().equals(column) ? EXACT_COLUMN : COLUMN;
                }
            }
        }
        // Prisma's ids are texts, TypeORM's are UUIDs: what tells them apart where letters of either case are the same.
        boolean uuid = table.get().column("id").map(Column::isUuid).orElse(false);
        boolean text = table.get().column("id").map(Column::isText).orElse(false);
        return score + (preset.equals("prisma") && text || preset.equals("typeorm") && uuid ? TYPE : 0);
    }

    private Optional<FoundTable> named(String name) {
        return tables.stream()
                .filter(table -> table.name().name().equals(name))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(table -> table.name().name().equalsIgnoreCase(name))
                        .findFirst());
    }

    /** The guesses for the entities of which a table was found. */
    Map<Entity, Guess> guesses(String preset) {
        Map<Entity, EntityMapping> mappings = Presets.mapping(preset);
        Map<Entity, FoundTable> found = new EnumMap<>(Entity.class);
        Map<Entity, Guess> guesses = new LinkedHashMap<>();
        for (Entity entity : Entity.values()) {
            EntityMapping mapping = mappings.get(entity);
            named(mapping.table())
                    .or(() -> referredTo(entity, mappings))
                    .or(() -> synonym(entity))
                    .ifPresent(table -> {
                        found.put(entity, table);
                        guesses.put(entity, Guess.of(entity, table, mapping, found));
                    });
        }
        return guesses;
    }

    /** The table that a foreign key of another entity's table leads to, whatever it is called: Django's users, say. */
    private Optional<FoundTable> referredTo(Entity entity, Map<Entity, EntityMapping> mappings) {
        for (Entity other : Entity.values()) {
            if (!other.references().contains(entity)) {
                continue;
            }
            EntityMapping mapping = mappings.get(other);
            Optional<FoundTable> table = named(mapping.table())
                    .or(() -> synonym(other))
                    .flatMap(from -> referredTo(from, other.referenceTo(entity), mapping));
            if (table.isPresent()) {
                return table;
            }
        }
        return Optional.empty();
    }

    private Optional<FoundTable> referredTo(FoundTable from, Field reference, EntityMapping mapping) {
        FieldRule usual = mapping.fields().get(reference);
        return Stream.concat(
                        usual == null ? Stream.empty() : usual.columnsRead().stream(), Synonyms.of(reference).stream())
                .flatMap(word -> from.references().entrySet().stream()
                        .filter(key -> Synonyms.plain(key.getKey()).equals(Synonyms.plain(word))))
                .findFirst()
                .flatMap(key -> named(key.getValue()));
    }

    private Optional<FoundTable> synonym(Entity entity) {
        for (String word : Synonyms.of(entity)) {
            for (FoundTable table : tables) {
                String plain = Synonyms.plain(table.name().name());
                if (plain.equals(word) || plain.endsWith(word) && word.length() > 4) {
                    return Optional.of(table);
                }
            }
        }
        return Optional.empty();
    }
}
