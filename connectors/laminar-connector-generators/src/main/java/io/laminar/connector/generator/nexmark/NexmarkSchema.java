package io.laminar.connector.generator.nexmark;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;

/** The columns of a nexmark table: of each event exactly one of the three structs is not null. */
public final class NexmarkSchema {
    public static final StructType PERSON = new StructType(List.of(
            field("id", Scalar.BIGINT),
            field("name", Scalar.TEXT),
            field("emailAddress", Scalar.TEXT),
            field("creditCard", Scalar.TEXT),
            field("city", Scalar.TEXT),
            field("state", Scalar.TEXT),
            field("dateTime", Scalar.TIMESTAMP),
            field("extra", Scalar.TEXT)));

    public static final StructType AUCTION = new StructType(List.of(
            field("id", Scalar.BIGINT),
            field("itemName", Scalar.TEXT),
            field("description", Scalar.TEXT),
            field("initialBid", Scalar.BIGINT),
            field("reserve", Scalar.BIGINT),
            field("dateTime", Scalar.TIMESTAMP),
            field("expires", Scalar.TIMESTAMP),
            field("seller", Scalar.BIGINT),
            field("category", Scalar.BIGINT),
            field("extra", Scalar.TEXT)));

    public static final StructType BID = new StructType(List.of(
            field("auction", Scalar.BIGINT),
            field("bidder", Scalar.BIGINT),
            field("price", Scalar.BIGINT),
            field("channel", Scalar.TEXT),
            field("url", Scalar.TEXT),
            field("dateTime", Scalar.TIMESTAMP),
            field("extra", Scalar.TEXT)));

    public static final Schema EVENT =
            Schema.of(new Field("person", PERSON), new Field("auction", AUCTION), new Field("bid", BID));

    private NexmarkSchema() {}

    private static Field field(String name, DataType type) {
        return new Field(name, type, false);
    }
}
