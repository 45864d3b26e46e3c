package dev.threadsmigration.report;

import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.report.html.HtmlReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The files of a run, under {@code <reports>/<migration>/<run-id>/}. */
public final class ReportFiles {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /** @param reports the folder of all reports */
    public ReportFiles(Path reports, String migration, String runId) {
        folder = reports.resolve(migration).resolve(runId);
    }

    /**
     * Makes the folder, so that no other run writes into it.
     *
     * @return false where another run has it
     */
    public boolean reserve() {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
        } catch (IOException e) {
            return true; // Nobody has it; why there are no reports is told at the end of the run, with all that it
            // found.
        }
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    public Path reportFile() {
        return folder.resolve("report.json");
    }

    public Path page() {
        return folder.resolve("report.html");
    }

    public Path errorFile() {
        return folder.resolve("errors.jsonl");
    }

    /**
     * Writes the report, for machines and for people, and the error file.
     *
     * @param copy where the report also goes; null: nowhere
     */
    public void write(RunReport report, RunDetails details, Rejects rejects, Redaction redaction, @Nullable Path copy)
            throws IOException {
        Files.createDirectories(folder);
        try (BufferedWriter errors = Files.newBufferedWriter(errorFile())) {
            Consumer<RejectedRecord> line = line(errors);
            rejects.forEach(reject -> line.accept(redaction.of(reject)));
        }
        String json = JsonReport.write(report, details, errorFile());
        whole(reportFile(), json);
        page(json);
        if (copy != null) {
            if (copy.toAbsolutePath().getParent() != null) {
                Files.createDirectories(copy.toAbsolutePath().getParent());
            }
            copyTo(copy, json);
        }
    }

    /** A page that cannot be made must not fail a run that went well. */
    private void page(String json) throws IOException {
        try {
            whole(page(), HtmlReport.of(json));
        } catch (RuntimeException e) {
            LOG.warn("The page cannot be made, {} has everything that it would show.", reportFile(), e);
        }
    }

    /** A reader never finds half a report. */
    private static void whole(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A link, a pipe or a device that somebody made for it stays one. */
    private static void copyTo(Path copy, String json) throws IOException {
        if (Files.exists(copy) && !Files.isRegularFile(copy)) {
            Files.writeString(copy, json);
        } else {
            whole(Files.exists(copy) ? copy.toRealPath() : copy, json);
        }
    }

    private static Consumer<RejectedRecord> line(BufferedWriter errors) {
        return reject -> {
            ObjectNode json = JSON.createObjectNode();
            JsonReport.error(json, reject);
            json.putRawValue("record", new RawValue(reject.record()));
            try {
                errors.write(JSON.writeValueAsString(json));
                errors.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
