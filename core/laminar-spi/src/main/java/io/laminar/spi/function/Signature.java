package io.laminar.spi.function;

import io.laminar.spi.type.DataType;
import java.util.List;
import java.util.Optional;

/**
 * The types a function takes and gives, as text: {@code name(parameter, ...) -> result}.
 *
 * <p>A parameter or result is a type word (boolean, tinyint, smallint, int, bigint, float, double, decimal, text, bytes,
 * date, time, timestamp, timestamptz, interval, interval_months, json), a type variable in upper case ({@code T}, {@code K}, {@code V}; {@code N}
 * is bound to numeric types only), {@code X[]} for arrays, {@code map<K, V>}, {@code any} (each argument its own
 * type), {@code printed} (any type; the function gets the value's text), {@code struct} (any struct), in a
 * result {@code struct<name X, ...>}. {@code ...} after the last parameter lets it repeat, zero times or more. {@code decimal} in a
 * parameter takes any DECIMAL as it is; in a result it is the first decimal argument's type,
 * {@code decimal(+1)} the decimal argument of the largest scale with one digit more, {@code decimal(whole)} the
 * same without decimal places and with a digit more before them, {@code decimal(38)} and {@code
 * decimal(38, 6)} that with this precision and at least this scale; without a decimal argument {@code decimal(38)} is
 * DECIMAL(38, 0).
 *
 * @param text the signature as declared
 * @param name the function's name
 */
public record Signature(String text, String name, List<String> parameters, boolean variadic, String result) {

    /** Reads a signature. @throws IllegalArgumentException if it is not one: a defect of the declaration */
    public static Signature parse(String text) {
        return SignatureParser.parse(text);
    }

    /** How arguments of these types fit; empty when they do not. */
    public Optional<SignatureMatch> match(List<DataType> arguments) {
        return SignatureMatcher.match(this, arguments);
    }
}
