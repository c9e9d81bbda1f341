package io.laminar.format.parquet;

import io.laminar.spi.batch.ColumnBuilder;
import java.util.Objects;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** Reads the values of one leaf; a converter puts each into the builder. */
final class LeafSource implements ColumnSource {
    private final ColumnDescriptor descriptor;
    private final PrimitiveConverter converter;
    private final ColumnBuilder target;
    private final int present;
    private @Nullable ColumnReader reader;

    LeafSource(ColumnDescriptor descriptor, PrimitiveConverter converter, ColumnBuilder target) {
        this.descriptor = descriptor;
        this.converter = converter;
        this.target = target;
        this.present = descriptor.getMaxDefinitionLevel();
    }

    @Override
    public void start(PageReadStore group, @Nullable ParsedVersion writer) {
        reader = new ColumnReaderImpl(descriptor, group.getPageReader(descriptor), converter, writer);
    }

    @Override
    public void read(int count) {
        ColumnReader values = Objects.requireNonNull(reader);
        for (int i = 0; i < count; i++) {
            if (values.getCurrentDefinitionLevel() == present) {
                values.writeCurrentValueToConverter();
            } else {
                target.appendNull();
            }
            values.consume();
        }
    }

    @Override
    public void readOne() {
        read(1);
    }

    @Override
    public void passOver() {
        Objects.requireNonNull(reader).consume();
    }

    @Override
    public int definition() {
        return Objects.requireNonNull(reader).getCurrentDefinitionLevel();
    }

    @Override
    public int repetition() {
        return Objects.requireNonNull(reader).getCurrentRepetitionLevel();
    }
}
