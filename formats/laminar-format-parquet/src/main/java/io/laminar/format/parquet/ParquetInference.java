package io.laminar.format.parquet;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Columns of a Parquet file, which has its schema at its end. */
final class ParquetInference {
    private static final int INT_BITS = 32;
    private static final int SHORT_BITS = 16;
    private static final int BYTE_BITS = 8;

    private ParquetInference() {}

    static InferredSchema of(byte[] file) {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new InputStreams(new Bytes(file)), options)) {
            return of(reader.getFooter().getFileMetaData().getSchema());
        } catch (IOException | RuntimeException e) {
            throw new LaminarException(
                    ErrorCode.BAD_RECORD,
                    "this is no Parquet file: " + e.getMessage(),
                    null,
                    "the whole file is needed: its schema stands at its end",
                    e);
        }
    }

    private static InferredSchema of(MessageType schema) {
        List<InferredColumn> columns = new ArrayList<>();
        for (Type column : schema.getFields()) {
            DataType type = type(column);
            columns.add(new InferredColumn(
                    column.getName(),
                    type,
                    column.getRepetition() != Repetition.REQUIRED,
                    type.sql() + " because the file says " + said(column)));
        }
        return InferredSchema.of(columns, Map.of(), List.of("from the schema of the file"));
    }

    private static String said(Type column) {
        String physical = column.isPrimitive()
                ? column.asPrimitiveType().getPrimitiveTypeName().name()
                : "a group";
        LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
        return logical == null ? physical : physical + " (" + logical + ")";
    }

    private static DataType type(Type type) {
        DataType single = type.isPrimitive() ? primitive(type.asPrimitiveType()) : group(type.asGroupType());
        return type.getRepetition() == Repetition.REPEATED ? new DataType.ListType(single) : single;
    }

    private static DataType group(GroupType group) {
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        boolean repeats = group.getFieldCount() == 1 && group.getType(0).getRepetition() == Repetition.REPEATED;
        if (logical instanceof ListLogicalTypeAnnotation && repeats) {
            Type middle = group.getType(0);
            boolean three = !middle.isPrimitive() && middle.asGroupType().getFieldCount() == 1;
            return new DataType.ListType(
                    three
                            ? type(middle.asGroupType().getType(0))
                            : middle.isPrimitive() ? primitive(middle.asPrimitiveType()) : group(middle.asGroupType()));
        }
        if (logical instanceof MapLogicalTypeAnnotation
                && repeats
                && !group.getType(0).isPrimitive()) {
            GroupType entry = group.getType(0).asGroupType();
            if (entry.getFieldCount() == 2) {
                return new DataType.MapType(type(entry.getType(0)), type(entry.getType(1)));
            }
        }
        List<Field> members = new ArrayList<>();
        for (Type member : group.getFields()) {
            members.add(new Field(member.getName(), type(member), member.getRepetition() != Repetition.REQUIRED));
        }
        return new DataType.StructType(members);
    }

    private static DataType primitive(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation decimal
                && decimal.getPrecision() <= DataType.Decimal.MAX_PRECISION) {
            return new DataType.Decimal(decimal.getPrecision(), decimal.getScale());
        } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp.isAdjustedToUTC() ? Scalar.TIMESTAMPTZ : Scalar.TIMESTAMP;
        } else if (logical instanceof IntLogicalTypeAnnotation number) {
            return integer(number.getBitWidth() + (number.isSigned() ? 0 : 1));
        } else if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return Scalar.DATE;
        } else if (logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation) {
            return Scalar.TIME;
        } else if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation) {
            return Scalar.TEXT;
        } else if (logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            return Scalar.JSON;
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> Scalar.BOOLEAN;
            case INT32 -> Scalar.INT;
            case INT64 -> Scalar.BIGINT;
            case INT96 -> Scalar.TIMESTAMP;
            case FLOAT -> Scalar.FLOAT;
            case DOUBLE -> Scalar.DOUBLE;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> Scalar.BYTES;
        };
    }

    /** @param bits a bit more for numbers without a sign */
    private static DataType integer(int bits) {
        return bits <= BYTE_BITS
                ? Scalar.TINYINT
                : bits <= SHORT_BITS ? Scalar.SMALLINT : bits <= INT_BITS ? Scalar.INT : Scalar.BIGINT;
    }

    /** A file in memory. */
    private record Bytes(byte[] bytes) implements RandomAccessInput {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void readFully(long position, byte[] target, int offset, int count) throws IOException {
            if (position < 0 || position + count > bytes.length) {
                throw new EOFException("the file ends before byte " + (position + count));
            }
            System.arraycopy(bytes, (int) position, target, offset, count);
        }

        @Override
        public String name() {
            return "the sample";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
