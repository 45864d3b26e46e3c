package dev.threadsmigration.ledger;

import dev.threadsmigration.database.EndlessDates;
import dev.threadsmigration.model.LegacyRow;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A legacy row as a JSON object, for the error file: readable, and nothing in it lost that can be shown. */
final class LegacyRowJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern ESCAPE = Pattern.compile("\\\\u(0000|005c|d[89a-f][0-9a-f]{2})");
    private static final Pattern LIKE_AN_ESCAPE = Pattern.compile("\\\\(?=u[0-9a-f]{4})");
    private static final String BACKSLASH = "\\u005c";

    private LegacyRowJson() {}

    static String write(LegacyRow row) {
        ObjectNode json = JSON.createObjectNode();
        for (int i = 0; i < row.columns().size(); i++) {
            String name = row.columns().get(i);
            Object value = row.value(i);
            if (value == null) {
                json.putNull(name);
            } else if (value instanceof Long number) {
                json.put(name, number);
            } else if (value instanceof BigDecimal number) {
                json.put(name, number);
            } else if (value instanceof Boolean truth) {
                json.put(name, truth);
            } else if (value instanceof byte[] bytes) {
                json.put(name, bytes);
            } else {
                String endless = EndlessDates.word(value);
                json.put(name, endless == null ? escapeSurrogates(value.toString()) : endless);
            }
        }
        return JSON.writeValueAsString(json);
    }

    /** The text with what PostgreSQL cannot store written as an escape that people know. */
    static String storable(String text) {
        return escapeSurrogates(text).replace("\0", "\\u0000");
    }

    /** The same for a key, of which no two may become one text. */
    static String storableKey(String key) {
        return storable(LIKE_AN_ESCAPE.matcher(key).replaceAll(Matcher.quoteReplacement(BACKSLASH)));
    }

    /** What {@link #storableKey} was made from. */
    static String unstorable(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    /** The same where the key holds nothing that cannot be stored. */
    static String withBackslashes(String key) {
        return key.replace(BACKSLASH, "\\");
    }

    private static String escapeSurrogates(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                escaped.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
