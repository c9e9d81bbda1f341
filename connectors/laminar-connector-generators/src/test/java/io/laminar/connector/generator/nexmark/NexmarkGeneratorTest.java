package io.laminar.connector.generator.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NexmarkGeneratorTest {
    private static final NexmarkClock CLOCK = NexmarkClock.ofRate(0);

    private static Batch events(Schema schema, long first, int count) {
        return new NexmarkGenerator(schema, 7, CLOCK).generate(first, count, 0, 0);
    }

    @Test
    void oneOfFiftyIsAPersonThreeAreAuctionsTheRestBids() {
        Batch batch = events(NexmarkSchema.EVENT, 100, 5_000);
        int[] present = new int[3];
        for (int row = 0; row < batch.size(); row++) {
            int kinds = 0;
            for (int c = 0; c < 3; c++) {
                if (!batch.column(c).isNull(row)) {
                    present[c]++;
                    kinds++;
                }
            }
            assertEquals(1, kinds, "kinds of row " + row);
        }
        assertEquals(List.of(100, 300, 4_600), List.of(present[0], present[1], present[2]));
    }

    @Test
    void anEventDoesNotDependOnHowItIsAskedFor() {
        Batch whole = events(NexmarkSchema.EVENT, 0, 1_000);
        Batch part = events(NexmarkSchema.EVENT, 600, 300);
        for (int c = 0; c < 3; c++) {
            DataType type = NexmarkSchema.EVENT.type(c);
            for (int row = 0; row < part.size(); row++) {
                assertEquals(Values.read(type, whole.column(c), 600 + row), Values.read(type, part.column(c), row));
            }
        }
    }

    @Test
    void eventsOfOneKindAreThoseOfAll() {
        for (String column : NexmarkSchema.EVENT.names()) {
            ColumnCondition present = new ColumnCondition(column, ColumnCondition.Comparison.IS_NOT_NULL, List.of());
            NexmarkGenerator some =
                    new NexmarkGenerator(NexmarkSchema.EVENT, 7, CLOCK, new SourceFilter(List.of(present), true, null));
            Batch all = events(NexmarkSchema.EVENT, 130, 4_001);
            Batch kind = some.generate(130, 4_001, 0, 0);
            int c = NexmarkSchema.EVENT.indexOf(column);
            int next = 0;
            for (int row = 0; row < all.size(); row++) {
                if (!all.column(c).isNull(row)) {
                    DataType type = NexmarkSchema.EVENT.type(c);
                    assertEquals(all.rowtime()[row], kind.rowtime()[next]);
                    assertEquals(Values.read(type, all.column(c), row), Values.read(type, kind.column(c), next++));
                }
            }
            assertEquals(next, kind.size());
            Batch skipped = java.util.Objects.requireNonNull(some.skipped(130, 4_001));
            assertEquals(Batch.Lane.SKIPPED, skipped.lane());
            assertEquals(all.rowtime()[all.size() - 1], skipped.rowtime()[0]);
        }
    }

    @Test
    void leavingMembersOutChangesNoOther() {
        StructType slim = new StructType(List.of(
                NexmarkSchema.BID.fields().get(2), NexmarkSchema.BID.fields().get(4)));
        Batch narrow = events(Schema.of(new Field("bid", slim)), 0, 500);
        StructColumn wide = (StructColumn) events(NexmarkSchema.EVENT, 0, 500).column(2);
        StructColumn bids = (StructColumn) narrow.column(0);
        for (int row = 0; row < 500; row++) {
            if (!bids.isNull(row)) {
                assertEquals(((LongColumn) wide.member(2)).value(row), ((LongColumn) bids.member(0)).value(row));
                assertEquals(((BytesColumn) wide.member(4)).text(row), ((BytesColumn) bids.member(1)).text(row));
            }
        }
    }

    @Test
    void halfOfTheBidsGoToHotAuctions() {
        Batch batch = events(NexmarkSchema.EVENT, 500_000, 50_000);
        LongColumn auctions = (LongColumn) ((StructColumn) batch.column(2)).member(0);
        Map<Long, Integer> bids = new HashMap<>();
        int all = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (!auctions.isNull(row)) {
                bids.merge(auctions.value(row), 1, Integer::sum);
                all++;
            }
        }
        int hot = bids.entrySet().stream()
                .filter(e -> e.getKey() % 100 == 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
        double share = (double) hot / all;
        assertTrue(share > 0.48 && share < 0.54, "share of hot auctions " + share);
    }

    @Test
    void bidsAreForAuctionsThatExistOrAreAboutTo() {
        Batch batch = events(NexmarkSchema.EVENT, 100_000, 10_000);
        LongColumn auctions = (LongColumn) ((StructColumn) batch.column(2)).member(0);
        for (int row = 0; row < batch.size(); row++) {
            if (!auctions.isNull(row)) {
                long newest = NexmarkIds.FIRST_ID + NexmarkIds.lastAuction(100_000 + row);
                long auction = auctions.value(row);
                assertTrue(auction <= newest + 10 && auction >= newest - 200, auction + " with newest " + newest);
            }
        }
    }

    @Test
    void eventTimeRisesEvenly() {
        Batch batch = events(NexmarkSchema.EVENT, 0, 1_001);
        assertEquals(NexmarkClock.BASE, batch.rowtime()[0]);
        assertEquals(NexmarkClock.BASE + 100_000, batch.rowtime()[1_000]);
    }

    @Test
    void nineOfTenPlainChannelsAreNamedInTheirUrl() {
        NexmarkTexts texts = new NexmarkTexts(7);
        int named = 0;
        for (int i = NexmarkTexts.hotChannels(); i < texts.urls().size(); i++) {
            String url = new String(
                    texts.arena(),
                    texts.urls().starts()[i],
                    texts.urls().lengths()[i],
                    java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(url.startsWith("https://www.nexmark.com/") && url.split("/").length == 7, url);
            named += url.contains("&channel_id=") ? 1 : 0;
        }
        assertTrue(named > 8_800 && named < 9_200, "named " + named);
    }
}
