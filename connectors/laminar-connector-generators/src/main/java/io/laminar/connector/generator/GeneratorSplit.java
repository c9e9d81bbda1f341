package io.laminar.connector.generator;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Every {@code stride}-th block of rows, from block {@code next} on. Blocks are dealt out in turn so that all splits
 * move through event time side by side.
 */
public record GeneratorSplit(int index, int stride, long next) implements SourceSplit {

    @Override
    public String splitId() {
        return index + "/" + stride;
    }

    GeneratorSplit advanced() {
        return new GeneratorSplit(index, stride, next + stride);
    }
}
