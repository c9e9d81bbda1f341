package io.laminar.connector.generator.nexmark;

/**
 * Who is who by event number. Of 50 events the first is a person, the next three are auctions, the rest bids; ids count
 * up from 1000. The figures (proportions, hot ratios, how many auctions and people are active) are those of the
 * reference generator of Nexmark.
 */
final class NexmarkIds {
    static final int EPOCH = 50;
    static final int PERSONS = 1;
    static final int AUCTIONS = 3;
    static final long FIRST_ID = 1_000;
    static final long FIRST_CATEGORY = 10;
    static final int CATEGORIES = 5;
    static final int AUCTIONS_IN_FLIGHT = 100;
    private static final int ACTIVE_PEOPLE = 1_000;
    private static final int LEAD = 10;
    private static final int HOT_AUCTION_RATIO = 2;
    private static final int HOT_PERSON_RATIO = 4;
    private static final int HOT_GROUP = 100;

    private final Draw hotAuction;
    private final Draw auction;
    private final Draw hotBidder;
    private final Draw bidder;
    private final Draw hotSeller;
    private final Draw seller;

    NexmarkIds(long seed) {
        hotAuction = new Draw(seed, "hot auction");
        auction = new Draw(seed, "auction");
        hotBidder = new Draw(seed, "hot bidder");
        bidder = new Draw(seed, "bidder");
        hotSeller = new Draw(seed, "hot seller");
        seller = new Draw(seed, "seller");
    }

    static boolean isPerson(long event) {
        return event % EPOCH < PERSONS;
    }

    static boolean isAuction(long event) {
        long offset = event % EPOCH;
        return offset >= PERSONS && offset < PERSONS + AUCTIONS;
    }

    static boolean isBid(long event) {
        return event % EPOCH >= PERSONS + AUCTIONS;
    }

    /** Zero-based number of the newest person at an event. */
    static long lastPerson(long event) {
        return event / EPOCH * PERSONS + Math.min(event % EPOCH, PERSONS - 1);
    }

    /** Zero-based number of the newest auction at an event; -1 before the first. */
    static long lastAuction(long event) {
        long offset = event % EPOCH - PERSONS;
        return event / EPOCH * AUCTIONS + Math.min(offset, AUCTIONS - 1);
    }

    /** The auction a bid is for: every second time the hot one, else one that is open. */
    long auctionOf(long event) {
        long last = lastAuction(event);
        if (hotAuction.below(event, HOT_AUCTION_RATIO) > 0) {
            return FIRST_ID + Math.max(last, 0) / HOT_GROUP * HOT_GROUP;
        }
        long first = Math.max(last - AUCTIONS_IN_FLIGHT, 0);
        return FIRST_ID + first + auction.below(event, last - first + 1 + LEAD);
    }

    long bidderOf(long event) {
        if (hotBidder.below(event, HOT_PERSON_RATIO) > 0) {
            return FIRST_ID + lastPerson(event) / HOT_GROUP * HOT_GROUP + 1;
        }
        return activePerson(event, bidder);
    }

    long sellerOf(long event) {
        if (hotSeller.below(event, HOT_PERSON_RATIO) > 0) {
            return FIRST_ID + lastPerson(event) / HOT_GROUP * HOT_GROUP;
        }
        return activePerson(event, seller);
    }

    private static long activePerson(long event, Draw draw) {
        long people = lastPerson(event) + 1;
        long active = Math.min(people, ACTIVE_PEOPLE);
        return FIRST_ID + people - active + draw.below(event, active + LEAD);
    }
}
