package io.laminar.format.json;

/** How decimals are written: {@code json.decimal_encoding}. */
enum DecimalEncoding {
    NUMBER,
    STRING,
    /** Base64 of the unscaled value in big-endian two's complement, as Kafka Connect writes it. */
    BYTES
}
