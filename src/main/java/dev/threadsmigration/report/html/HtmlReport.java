package dev.threadsmigration.report.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Makes the page out of the JSON report: what people see is what machines read. Its templates escape every value; a
 * value that a template asks for and that no model has is an error, not a blank.
 */
public final class HtmlReport {

    private static final String TEMPLATES = "/report/";

    private HtmlReport() {}

    /** @param json a report as {@code report.json} holds it */
    public static String of(String json) {
        Template template = Mustache.compiler()
                .escapeHTML(true)
                .nullValue("")
                .emptyStringIsFalse(true)
                .withLoader(HtmlReport::template)
                .compile(template("page"));
        return template.execute(Page.of(ReportDocument.read(json)));
    }

    private static Reader template(String name) {
        String file = TEMPLATES + name + (name.contains(".") ? "" : ".mustache");
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(file), file);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
                text.append(part, 0, read);
            }
            return new StringReader(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
