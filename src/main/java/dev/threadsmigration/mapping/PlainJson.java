package dev.threadsmigration.mapping;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Looks through custom fields as a {@code jsonb} column spells them, in one pass over the text: a parser's tokens took
 * more of a run's time than anything else that is done with a row. It knows the plain parts of JSON. Where it meets
 * anything else (a mistake, a character by its number, a long number, deep nesting) it does not judge, and a parser must.
 *
 * <p>That no key is repeated, the column has promised.
 */
final class PlainJson {

    private static final int MOST_LEVELS = 100;
    private static final int MOST_DIGITS = 100;

    private static final UnknownException UNKNOWN = new UnknownException();
    private static final String[] RESERVED = MetadataMapping.RESERVED.toArray(String[]::new);

    private final String json;
    private int position;
    private boolean empty;
    private boolean clash;

    private PlainJson(String json) {
        this.json = json;
    }

    /** Leaves the recursion; never leaves this class. */
    private static final class UnknownException extends RuntimeException {
        private UnknownException() {
            super(null, null, false, false);
        }
    }

    /** The custom fields of an object; null where a parser must look at the text. */
    static @Nullable CustomFields scan(String json) {
        try {
            return new PlainJson(json).customFields();
        } catch (UnknownException e) {
            return null;
        }
    }

    private CustomFields customFields() {
        expect('{');
        long hash = members(1);
        if (position < json.length()) {
            throw UNKNOWN;
        }
        return new CustomFields(json, empty, clash, hash);
    }

    /** What follows the brace of an object, its closing brace included. */
    private long members(int level) {
        long hash = JsonHash.EMPTY_OBJECT;
        char next = afterBlanks();
        if (level == 1) {
            empty = next == '}';
        }
        while (next != '}') {
            int name = position;
            long nameHash = text(next);
            if (level == 1) {
                clash |= isReserved(name, position - 1);
            }
            expect(':');
            hash += JsonHash.member(nameHash, value(level));
            next = afterComma('}');
        }
        return hash;
    }

    private long elements(int level) {
        long hash = JsonHash.EMPTY_ARRAY;
        char next = afterBlanks();
        while (next != ']') {
            position--;
            hash = JsonHash.element(hash, value(level));
            next = afterComma(']');
        }
        return hash;
    }

    /** The character that the next part begins with, or the end of the whole. */
    private char afterComma(char end) {
        char separator = afterBlanks();
        if (separator == end) {
            return end;
        }
        char next = afterBlanks();
        if (separator != ',' || next == end) {
            throw UNKNOWN;
        }
        return next;
    }

    private long value(int level) {
        char first = afterBlanks();
        return switch (first) {
            case '"' -> text(first);
            case '{' -> JsonHash.mix(members(deeper(level)));
            case '[' -> elements(deeper(level));
            case 't' -> word("true", JsonHash.TRUE);
            case 'f' -> word("false", JsonHash.FALSE);
            case 'n' -> word("null", JsonHash.NULL);
            default -> number();
        };
    }

    private static int deeper(int level) {
        if (level == MOST_LEVELS) {
            throw UNKNOWN;
        }
        return level + 1;
    }

    private long text(char quote) {
        if (quote != '"') {
            throw UNKNOWN;
        }
        long hash = JsonHash.EMPTY_TEXT;
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw UNKNOWN;
            }
            hash = JsonHash.character(hash, c == '\\' ? escaped() : c);
        }
        return JsonHash.mix(hash);
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw UNKNOWN;
        };
    }

    private boolean isReserved(int from, int to) {
        for (String name : RESERVED) {
            if (name.length() == to - from && json.startsWith(name, from)) {
                return true;
            }
        }
        return false;
    }

    private long word(String word, long hash) {
        if (!json.startsWith(word, position - 1)) {
            throw UNKNOWN;
        }
        position += word.length() - 1;
        return hash;
    }

    private long number() {
        int start = --position;
        skip('-');
        int first = position;
        digits();
        int end = position;
        if (json.charAt(first) == '0' && end > first + 1) {
            throw UNKNOWN;
        }
        if (skip('.')) {
            digits();
        }
        if (position == end && end - start <= CustomFields.LONG_DIGITS) {
            return JsonHash.number(Long.parseLong(json, start, end, 10));
        }
        if (position - start > MOST_DIGITS) {
            throw UNKNOWN;
        }
        return JsonHash.number(new BigDecimal(json.substring(start, position)));
    }

    /** One at least. */
    private void digits() {
        int start = position;
        while (position < json.length() && json.charAt(position) >= '0' && json.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw UNKNOWN;
        }
    }

    private boolean skip(char c) {
        boolean there = position < json.length() && json.charAt(position) == c;
        if (there) {
            position++;
        }
        return there;
    }

    private void expect(char c) {
        if (afterBlanks() != c) {
            throw UNKNOWN;
        }
    }

    private char afterBlanks() {
        char c = next();
        while (c == ' ') {
            c = next();
        }
        return c;
    }

    private char next() {
        if (position == json.length()) {
            throw UNKNOWN;
        }
        return json.charAt(position++);
    }
}
