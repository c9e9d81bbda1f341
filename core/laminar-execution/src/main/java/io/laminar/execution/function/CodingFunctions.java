package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;

/** Bytes as text and back. */
public final class CodingFunctions {

    private CodingFunctions() {}

    @SqlFunction(
            value = "encode(bytes, text) -> text",
            category = TEXT,
            description = "Bytes as text; the encoding is 'hex' or 'base64'.",
            example = "encode(decode('CAFE', 'hex'), 'base64')",
            result = "yv4=")
    @SqlFunction(
            value = "encode(text, text) -> text",
            category = TEXT,
            description = "The UTF-8 bytes of a text as text; the encoding is 'hex' or 'base64'.",
            example = "encode('abc', 'hex')",
            result = "616263")
    public static void encode(Slice bytes, @Prepared Encoding encoding, Slice out) {
        encoding.encode(bytes, out);
    }

    @SqlFunction(
            value = "decode(text, text) -> bytes",
            category = TEXT,
            description = "Text as the bytes it stands for; the encoding is 'hex' or 'base64'.",
            example = "decode('yv4=', 'base64')",
            result = "\\xcafe")
    public static void decode(Slice text, @Prepared Encoding encoding, Slice out) {
        encoding.decode(text, out);
    }

    @SqlFunction(
            value = "to_base64(text) -> text",
            category = TEXT,
            description = "The UTF-8 bytes of a text in base64.",
            example = "to_base64('Hello')",
            result = "SGVsbG8=")
    @SqlFunction(
            value = "to_base64(bytes) -> text",
            category = TEXT,
            description = "Bytes in base64.",
            example = "to_base64(decode('00ff', 'hex'))",
            result = "AP8=")
    public static void toBase64(Slice bytes, Slice out) {
        Encoding.BASE64.encode(bytes, out);
    }

    @SqlFunction(
            value = "from_base64(text) -> text",
            category = TEXT,
            description = "The text whose UTF-8 bytes are given in base64.",
            example = "from_base64('SGVsbG8=')",
            result = "Hello")
    public static void fromBase64(Slice text, Slice out) {
        Encoding.BASE64.decode(text, out);
    }
}
