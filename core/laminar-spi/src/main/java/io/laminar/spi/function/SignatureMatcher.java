package io.laminar.spi.function;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Binds the variables of one {@link Signature} to argument types. */
final class SignatureMatcher {
    /** What it costs to write a value as text: more than any widening. */
    private static final int PRINTING = 100;

    private final Map<String, DataType> variables = new HashMap<>();
    private int cost;

    static Optional<SignatureMatch> match(Signature signature, List<DataType> arguments) {
        return new SignatureMatcher().bind(signature, arguments);
    }

    private Optional<SignatureMatch> bind(Signature signature, List<DataType> arguments) {
        int declared = signature.parameters().size();
        int fixed = signature.variadic() ? declared - 1 : declared;
        if (arguments.size() < fixed || (arguments.size() > declared && !signature.variadic())) {
            return Optional.empty();
        }
        // Variables first take the widest of their arguments, then every argument is cast to that.
        for (int i = 0; i < arguments.size(); i++) {
            if (!gather(parameter(signature, i), arguments.get(i))) {
                return Optional.empty();
            }
        }
        List<DataType> parameters = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            DataType wanted = resolve(parameter(signature, i), arguments.get(i));
            if (wanted == null) {
                return Optional.empty();
            }
            OptionalInt widening = parameter(signature, i).equals("printed")
                    ? OptionalInt.of(arguments.get(i) == wanted ? 0 : PRINTING)
                    : TypeWidening.cost(arguments.get(i), wanted);
            if (widening.isEmpty()) {
                return Optional.empty();
            }
            cost += widening.getAsInt();
            parameters.add(wanted);
        }
        boolean widens = signature.result().startsWith("decimal(");
        DataType result =
                resolve(signature.result(), widens ? decimalOfLargestScale(parameters) : firstDecimal(parameters));
        return result == null
                ? Optional.empty()
                : Optional.of(new SignatureMatch(signature, List.copyOf(parameters), result, cost));
    }

    private static String parameter(Signature signature, int index) {
        return signature.parameters().get(Math.min(index, signature.parameters().size() - 1));
    }

    private static DataType firstDecimal(List<DataType> types) {
        for (DataType type : types) {
            if (type instanceof Decimal) {
                return type;
            }
        }
        return Scalar.NULL;
    }

    private static DataType decimalOfLargestScale(List<DataType> types) {
        DataType largest = Scalar.NULL;
        for (DataType type : types) {
            if (type instanceof Decimal decimal
                    && !(largest instanceof Decimal before && before.scale() >= decimal.scale())) {
                largest = type;
            }
        }
        return largest;
    }

    private static boolean isVariable(String word) {
        return word.length() == 1 && Character.isUpperCase(word.charAt(0));
    }

    private boolean gather(String word, DataType argument) {
        if (isVariable(word)) {
            if (word.equals("N") && !TypeWidening.isNumeric(argument) && argument != Scalar.NULL) {
                return false;
            }
            DataType bound = variables.get(word);
            Optional<DataType> common =
                    bound == null ? Optional.of(argument) : TypeWidening.common(List.of(bound, argument));
            common.ifPresent(type -> variables.put(word, type));
            return common.isPresent();
        }
        // A bare NULL is an array or map of anything.
        boolean isNull = argument == Scalar.NULL;
        if (word.endsWith("[]")) {
            DataType element = isNull ? argument : argument instanceof ListType list ? list.element() : null;
            return element != null && gather(word.substring(0, word.length() - 2), element);
        }
        if (word.startsWith("map<")) {
            if (!isNull && !(argument instanceof MapType)) {
                return false;
            }
            int comma = word.indexOf(',');
            DataType key = argument instanceof MapType map ? map.key() : argument;
            DataType value = argument instanceof MapType map ? map.value() : argument;
            return gather(word.substring(4, comma).strip(), key)
                    && gather(word.substring(comma + 1, word.length() - 1).strip(), value);
        }
        return true;
    }

    /** The type a word stands for; {@code actual} decides where the word leaves the type open. */
    private @Nullable DataType resolve(String word, DataType actual) {
        if (isVariable(word)) {
            return variables.get(word);
        }
        if (word.endsWith("[]")) {
            DataType actualElement = actual instanceof ListType list ? list.element() : Scalar.NULL;
            DataType element = resolve(word.substring(0, word.length() - 2), actualElement);
            return element == null ? null : new ListType(element);
        }
        if (word.startsWith("map<")) {
            int comma = word.indexOf(',');
            DataType key = resolve(word.substring(4, comma).strip(), Scalar.NULL);
            DataType value =
                    resolve(word.substring(comma + 1, word.length() - 1).strip(), Scalar.NULL);
            return key == null || value == null ? null : new MapType(key, value);
        }
        if (word.startsWith("struct<")) {
            return resolveStruct(word);
        }
        if (word.startsWith("decimal(")) {
            return widened(word.substring(8, word.length() - 1), actual);
        }
        return switch (word) {
            case "any" -> actual;
            case "printed" -> Scalar.TEXT;
            case "struct" -> actual instanceof StructType ? actual : null;
            case "decimal" -> actual instanceof Decimal ? actual : null;
            default -> Scalar.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    /** A struct by its fields: {@code struct<key K, value V>}. */
    private @Nullable DataType resolveStruct(String word) {
        List<Field> fields = new ArrayList<>();
        for (String field : SignatureParser.split(word.substring(7, word.length() - 1))) {
            int blank = field.indexOf(' ');
            DataType type = resolve(field.substring(blank + 1).strip(), Scalar.NULL);
            if (type == null) {
                return null;
            }
            fields.add(new Field(field.substring(0, blank), type, true));
        }
        return new StructType(fields);
    }

    /** A decimal result: {@code +digits}, {@code whole}, {@code precision} or {@code precision, least scale}. */
    private static Decimal widened(String digits, DataType actual) {
        Decimal from = actual instanceof Decimal decimal ? decimal : new Decimal(1, 0);
        if (digits.equals("whole")) {
            return new Decimal(Math.min(from.precision() - from.scale() + 1, Decimal.MAX_PRECISION), 0);
        }
        if (digits.startsWith("+")) {
            int precision = from.precision() + Integer.parseInt(digits.substring(1));
            return new Decimal(Math.min(precision, Decimal.MAX_PRECISION), from.scale());
        }
        int comma = digits.indexOf(',');
        int leastScale =
                comma < 0 ? 0 : Integer.parseInt(digits.substring(comma + 1).strip());
        String precision = comma < 0 ? digits : digits.substring(0, comma);
        return new Decimal(Integer.parseInt(precision.strip()), Math.max(from.scale(), leastScale));
    }
}
