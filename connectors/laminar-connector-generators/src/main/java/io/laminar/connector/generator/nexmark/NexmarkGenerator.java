package io.laminar.connector.generator.nexmark;

import io.laminar.connector.generator.RowGenerator;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Nexmark events, column by column; only the columns and members of the schema are made. */
public final class NexmarkGenerator implements RowGenerator {
    private static final int PERSON_BYTES = 200;
    private static final int AUCTION_BYTES = 500;
    private static final int BID_BYTES = 100;
    private static final long MILLIS = 1_000;

    private final Schema schema;
    private final long seed;
    private final NexmarkClock clock;
    private final NexmarkKinds kinds;
    private final boolean timed;
    private transient volatile boolean ready;
    private transient NexmarkIds ids;
    private transient NexmarkTexts texts;

    /** All events. */
    public NexmarkGenerator(Schema schema, long seed, NexmarkClock clock) {
        this(schema, seed, clock, SourceFilter.NONE);
    }

    /** @param filter columns that are not NULL in the events that are wanted */
    NexmarkGenerator(Schema schema, long seed, NexmarkClock clock, SourceFilter filter) {
        this.schema = schema;
        this.seed = seed;
        this.clock = clock;
        this.kinds = NexmarkKinds.of(filter);
        this.timed = filter.timed();
        prepare();
    }

    private void prepare() {
        ids = new NexmarkIds(seed);
        texts = new NexmarkTexts(seed);
        ready = true;
    }

    @Override
    public Batch generate(long first, int count, int subtask, long arrival) {
        if (!ready) {
            prepare();
        }
        long[] events = kinds.events(first, count);
        long[] rowtime = new long[events.length];
        for (int i = 0; i < events.length; i++) {
            rowtime[i] = clock.timeOf(events[i]);
        }
        Rows rows = new Rows(events, rowtime);
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            Field field = schema.field(c);
            StructType type = (StructType) field.type();
            columns[c] = switch (field.name()) {
                case "person" -> struct(rows, type, NexmarkIds::isPerson, this::personMember);
                case "auction" -> struct(rows, type, NexmarkIds::isAuction, this::auctionMember);
                case "bid" -> struct(rows, type, NexmarkIds::isBid, this::bidMember);
                default -> throw new IllegalStateException("no nexmark column " + field.name());
            };
        }
        return new Batch(events.length, columns, rowtime, null);
    }

    /** Time goes on with the events, so it is as late as the last one. */
    @Override
    public @Nullable Batch skipped(long first, int count) {
        if (!timed || kinds.all()) {
            return null;
        }
        BatchBuilder builder = new BatchBuilder(schema, 1);
        for (int c = 0; c < schema.size(); c++) {
            builder.column(c).appendNull();
        }
        builder.endRow(clock.timeOf(first + count - 1));
        return builder.build(Batch.Lane.SKIPPED);
    }

    /** The events asked for and, while a struct is made, which of them it is null for. */
    private record Rows(long[] events, long[] rowtime, boolean[] nulls) {
        Rows(long[] events, long[] rowtime) {
            this(events, rowtime, new boolean[events.length]);
        }

        int count() {
            return events.length;
        }

        Rows where(LongPredicate present) {
            boolean[] absent = new boolean[count()];
            for (int i = 0; i < absent.length; i++) {
                absent[i] = !present.test(events[i]);
            }
            return new Rows(events, rowtime, absent);
        }

        Column longs(LongUnaryOperator valueOfEvent) {
            long[] values = new long[count()];
            for (int i = 0; i < values.length; i++) {
                if (!nulls[i]) {
                    values[i] = valueOfEvent.applyAsLong(events[i]);
                }
            }
            return new LongColumn(values, nulls, values.length);
        }
    }

    private interface MemberColumn {
        Column of(Rows rows, String member);
    }

    private static Column struct(Rows all, StructType type, LongPredicate present, MemberColumn member) {
        Rows rows = all.where(present);
        List<Column> members = new ArrayList<>(type.fields().size());
        for (Field field : type.fields()) {
            members.add(member.of(rows, field.name()));
        }
        return new StructColumn(members, rows.nulls(), rows.count());
    }

    private Column bidMember(Rows rows, String member) {
        return switch (member) {
            case "auction" -> rows.longs(ids::auctionOf);
            case "bidder" -> rows.longs(ids::bidderOf);
            case "price" -> price(rows, "bid price");
            case "channel" -> pointed(rows, texts.channels(), channelDraw());
            case "url" -> pointed(rows, texts.urls(), channelDraw());
            case "dateTime" -> new LongColumn(rows.rowtime(), rows.nulls(), rows.count());
            case "extra" -> extra(rows, "bid extra", BID_BYTES - 4 * Long.BYTES);
            default -> throw unknown(member);
        };
    }

    private Column auctionMember(Rows rows, String member) {
        return switch (member) {
            case "id" -> rows.longs(e -> NexmarkIds.FIRST_ID + NexmarkIds.lastAuction(e));
            case "itemName" -> letters(rows, "item name", 3, 20);
            case "description" -> letters(rows, "description", 3, 100);
            case "initialBid" -> price(rows, "initial bid");
            case "reserve" -> reserve(rows);
            case "dateTime" -> new LongColumn(rows.rowtime(), rows.nulls(), rows.count());
            case "expires" -> expires(rows);
            case "seller" -> rows.longs(ids::sellerOf);
            case "category" -> {
                Draw draw = new Draw(seed, "category");
                yield rows.longs(e -> NexmarkIds.FIRST_CATEGORY + draw.below(e, NexmarkIds.CATEGORIES));
            }
            case "extra" -> extra(rows, "auction extra", AUCTION_BYTES - 8 * Long.BYTES - 60);
            default -> throw unknown(member);
        };
    }

    private Column personMember(Rows rows, String member) {
        return switch (member) {
            case "id" -> rows.longs(e -> NexmarkIds.FIRST_ID + NexmarkIds.lastPerson(e));
            case "name" -> pointed(rows, texts.names(), uniform("name", texts.names()));
            case "emailAddress" -> pointed(rows, texts.emails(), uniform("email", texts.emails()));
            case "creditCard" -> pointed(rows, texts.cards(), uniform("card", texts.cards()));
            case "city" -> pointed(rows, texts.cities(), uniform("city", texts.cities()));
            case "state" -> pointed(rows, texts.states(), uniform("state", texts.states()));
            case "dateTime" -> new LongColumn(rows.rowtime(), rows.nulls(), rows.count());
            case "extra" -> extra(rows, "person extra", PERSON_BYTES - 2 * Long.BYTES - 60);
            default -> throw unknown(member);
        };
    }

    private static IllegalStateException unknown(String member) {
        return new IllegalStateException("no nexmark member " + member);
    }

    /** Prices from 1 to 100 million cents, evenly spread over their magnitudes. */
    private Column price(Rows rows, String purpose) {
        Draw draw = new Draw(seed, purpose);
        return rows.longs(e -> priceOf(draw, e));
    }

    private static long priceOf(Draw draw, long event) {
        return Math.round(Math.pow(10, draw.fraction(event) * 6) * 100);
    }

    private Column reserve(Rows rows) {
        Draw initial = new Draw(seed, "initial bid");
        Draw reserve = new Draw(seed, "reserve");
        return rows.longs(e -> priceOf(initial, e) + priceOf(reserve, e));
    }

    /** An auction is open for up to twice the time in which as many auctions start as are in flight. */
    private Column expires(Rows rows) {
        Draw draw = new Draw(seed, "expires");
        long eventsAhead = (long) NexmarkIds.AUCTIONS_IN_FLIGHT * NexmarkIds.EPOCH / NexmarkIds.AUCTIONS;
        return rows.longs(e -> {
            long horizon = clock.timeOf(e + eventsAhead) - clock.timeOf(e);
            return clock.timeOf(e) + MILLIS + draw.below(e, Math.max(horizon * 2, 1));
        });
    }

    /** Every second bid comes over one of the hot channels. */
    private LongUnaryOperator channelDraw() {
        Draw hot = new Draw(seed, "hot channel");
        Draw channel = new Draw(seed, "channel");
        int hotChannels = NexmarkTexts.hotChannels();
        int others = texts.channels().size() - hotChannels;
        return e -> hot.below(e, 2) > 0 ? channel.below(e, hotChannels) : hotChannels + channel.below(e, others);
    }

    private LongUnaryOperator uniform(String purpose, NexmarkTexts.Pool pool) {
        Draw draw = new Draw(seed, purpose);
        return e -> draw.below(e, pool.size());
    }

    private Column pointed(Rows rows, NexmarkTexts.Pool pool, LongUnaryOperator indexOfEvent) {
        int[] starts = new int[rows.count()];
        int[] lengths = new int[rows.count()];
        for (int i = 0; i < rows.count(); i++) {
            if (!rows.nulls()[i]) {
                int index = (int) indexOfEvent.applyAsLong(rows.events()[i]);
                starts[i] = pool.starts()[index];
                lengths[i] = pool.lengths()[index];
            }
        }
        return new BytesColumn(texts.arena(), starts, lengths, rows.nulls(), rows.count());
    }

    /** Letters that fill an event up to its average size, give or take a fifth. */
    private Column extra(Rows rows, String purpose, int average) {
        int spread = average / 5;
        return letters(rows, purpose, average - spread, average + spread);
    }

    private Column letters(Rows rows, String purpose, int shortest, int longest) {
        Draw length = new Draw(seed, purpose + " length");
        Draw position = new Draw(seed, purpose);
        int[] starts = new int[rows.count()];
        int[] lengths = new int[rows.count()];
        for (int i = 0; i < rows.count(); i++) {
            if (!rows.nulls()[i]) {
                long event = rows.events()[i];
                starts[i] = NexmarkTexts.cut(position.bits(event));
                lengths[i] = shortest + (int) length.below(event, (long) longest - shortest + 1);
            }
        }
        return new BytesColumn(texts.arena(), starts, lengths, rows.nulls(), rows.count());
    }
}
