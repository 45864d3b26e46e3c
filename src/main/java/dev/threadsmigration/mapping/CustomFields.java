package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * A legacy row's custom fields, looked through once as a stream of tokens: nothing is built that is not needed, and what
 * the target could not hold is found.
 *
 * @param json the text as it was
 * @param empty whether the object has no member
 * @param clash whether a member has one of the names that the migration reserves
 * @param hash {@link JsonHash}
 */
record CustomFields(String json, boolean empty, boolean clash, long hash) {

    /** For what is said of them. */
    static final Destination METADATA = Destination.of(Field.METADATA);

    static final CustomFields NONE = new CustomFields("{}", true, false, JsonHash.EMPTY_OBJECT);

    static final int MOST_LEVELS = 1000;
    /** PostgreSQL's numeric: digits before and after the decimal point. */
    private static final int MOST_DIGITS_BEFORE = 131_072;

    private static final int MOST_DIGITS_AFTER = 16_383;
    /** A number of no more characters is a long. */
    static final int LONG_DIGITS = 18;

    private static final JsonFactory STRICT = factory(true);
    private static final JsonFactory TRUSTING = factory(false);

    private static JsonFactory factory(boolean detectRepeatedKeys) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MOST_LEVELS)
                        .maxNumberLength(MOST_DIGITS_BEFORE + MOST_DIGITS_AFTER + 8)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, detectRepeatedKeys)
                // The threads of a step stay: none has to hand its buffers to another.
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                .build();
    }

    /**
     * A {@link CustomFields}, or a {@link Rejection}.
     *
     * @param uniqueKeys whether the column's type already promises that no key is repeated
     */
    static Object scan(String json, boolean uniqueKeys) {
        Rejection problem = Texts.problem(METADATA, json);
        if (problem != null) {
            return problem;
        }
        CustomFields plain = uniqueKeys ? PlainJson.scan(json) : null;
        if (plain != null) {
            return plain;
        }
        Scanner scanner = new Scanner(json.contains("\\u"));
        try (JsonParser parser = (uniqueKeys ? TRUSTING : STRICT).createParser(ObjectReadContext.empty(), json)) {
            return scanner.scan(parser, json);
        } catch (StreamConstraintsException e) {
            return e.getMessage().contains("depth")
                    ? rejection(
                            RejectionCode.METADATA_TOO_DEEP,
                            "metadata is nested deeper than " + MOST_LEVELS + " levels")
                    : rejection(RejectionCode.NUMBER_OUT_OF_RANGE, "metadata holds a number of too many digits");
        } catch (JacksonException e) {
            return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
                    ? rejection(RejectionCode.METADATA_REPEATED_KEY, "metadata: " + e.getOriginalMessage())
                    : rejection(
                            RejectionCode.METADATA_INVALID, "metadata is not valid JSON: " + e.getOriginalMessage());
        } catch (UnstorableException e) {
            return e.rejection;
        }
    }

    private static Rejection rejection(RejectionCode code, String message) {
        return new Rejection(code, Field.METADATA, message);
    }

    /** Leaves the recursion; never leaves this class. */
    private static final class UnstorableException extends RuntimeException {
        private final transient Rejection rejection;

        UnstorableException(RejectionCode code, String message) {
            super(message, null, false, false);
            rejection = CustomFields.rejection(code, message);
        }
    }

    private record Scanner(boolean escapes) {

        Object scan(JsonParser parser, String json) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return rejection(RejectionCode.METADATA_INVALID, "metadata is an empty text");
            }
            if (first != JsonToken.START_OBJECT) {
                JsonToken token = first;
                while (token != null) {
                    token = parser.nextToken();
                }
                return rejection(
                        RejectionCode.METADATA_NOT_OBJECT, "metadata must be a JSON object, but is " + describe(first));
            }
            long hash = JsonHash.EMPTY_OBJECT;
            boolean clash = false;
            boolean empty = true;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = name(parser);
                empty = false;
                clash |= MetadataMapping.RESERVED.contains(name);
                hash += JsonHash.member(JsonHash.text(name), value(parser, parser.nextToken()));
            }
            if (parser.nextToken() != null) {
                return rejection(RejectionCode.METADATA_INVALID, "metadata goes on after its object ends");
            }
            return new CustomFields(json, empty, clash, hash);
        }

        private String name(JsonParser parser) {
            String name = parser.currentName();
            if (escapes) {
                check(name);
            }
            return name;
        }

        private void check(String text) {
            Rejection problem = Texts.problem(METADATA, text);
            if (problem != null) {
                throw new UnstorableException(problem.code(), problem.message());
            }
        }

        private long value(JsonParser parser, JsonToken token) {
            switch (token) {
                case START_OBJECT -> {
                    long hash = JsonHash.EMPTY_OBJECT;
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = name(parser);
                        hash += JsonHash.member(JsonHash.text(name), value(parser, parser.nextToken()));
                    }
                    return JsonHash.mix(hash);
                }
                case START_ARRAY -> {
                    long hash = JsonHash.EMPTY_ARRAY;
                    for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                        hash = JsonHash.element(hash, value(parser, next));
                    }
                    return hash;
                }
                case VALUE_STRING -> {
                    if (escapes) {
                        check(parser.getString());
                    }
                    return JsonHash.text(
                            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    return number(parser, token);
                }
                case VALUE_TRUE -> {
                    return JsonHash.TRUE;
                }
                case VALUE_FALSE -> {
                    return JsonHash.FALSE;
                }
                default -> {
                    return JsonHash.NULL;
                }
            }
        }

        private long number(JsonParser parser, JsonToken token) {
            if (token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= LONG_DIGITS) {
                return JsonHash.number(parser.getLongValue());
            }
            BigDecimal number;
            try {
                number = new BigDecimal(
                        parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            } catch (NumberFormatException e) {
                throw outOfRange(parser);
            }
            if ((long) number.precision() - number.scale() > MOST_DIGITS_BEFORE || number.scale() > MOST_DIGITS_AFTER) {
                throw outOfRange(parser);
            }
            return JsonHash.number(number);
        }

        private static UnstorableException outOfRange(JsonParser parser) {
            return new UnstorableException(
                    RejectionCode.NUMBER_OUT_OF_RANGE,
                    "metadata holds the number %s, which no numeric column can"
                            .formatted(Texts.shown(parser.getString())));
        }

        private static String describe(JsonToken token) {
            return switch (token) {
                case START_ARRAY -> "an array";
                case VALUE_STRING -> "a text";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                case VALUE_NULL -> "null";
                default -> "true or false";
            };
        }
    }
}
