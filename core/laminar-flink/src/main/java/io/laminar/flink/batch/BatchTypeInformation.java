package io.laminar.flink.batch;

import io.laminar.spi.batch.Batch;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of all streams between Laminar's operators. */
public final class BatchTypeInformation extends TypeInformation<Batch> {
    public static final BatchTypeInformation INSTANCE = new BatchTypeInformation();

    private BatchTypeInformation() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Batch> getTypeClass() {
        return Batch.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Batch> createSerializer(SerializerConfig config) {
        return new BatchSerializer();
    }

    @Override
    public String toString() {
        return "Batch";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchTypeInformation;
    }

    @Override
    public int hashCode() {
        return BatchTypeInformation.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BatchTypeInformation;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
