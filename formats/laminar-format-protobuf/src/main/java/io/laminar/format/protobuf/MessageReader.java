package io.laminar.format.protobuf;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads messages of one type: tag after tag, in whatever order they come. Which tag comes next is guessed from the one
 * before. The fields that most messages are made of are read in the loop itself; the others call a reader.
 */
final class MessageReader {
    static final int CALL = 0;
    static final int LONG = 1;
    static final int INT = 2;
    static final int TEXT = 3;
    static final int BYTES = 4;
    static final int DOUBLE = 5;
    static final int BOOLEAN = 6;

    private static final int[] NO_SIBLINGS = {};

    private final VarintReader ints;
    private final List<Member> members;

    /** In ascending order; what follows is by the position of a tag. */
    private final int[] tags;

    private final int[] memberOf;
    private final int[] operations;
    private final FieldReader[] readers;
    private final ColumnBuilder[] targets;
    private final int[][] siblings;

    /**
     * One field that a column takes.
     *
     * @param column position of the column or member
     * @param oneof names the oneof that it is in; negative: none
     */
    record Member(int column, int number, int oneof, FieldReader reader) {}

    private record Tag(int tag, int member) {}

    MessageReader(VarintReader ints, List<Member> members) {
        this.ints = ints;
        this.members = List.copyOf(members);
        List<Tag> all = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            for (int type : members.get(m).reader().wireTypes()) {
                all.add(new Tag(Wire.tag(members.get(m).number(), type), m));
            }
        }
        all.sort(Comparator.comparingInt(Tag::tag));
        tags = all.stream().mapToInt(Tag::tag).toArray();
        memberOf = all.stream().mapToInt(Tag::member).toArray();
        operations = new int[tags.length];
        readers = new FieldReader[tags.length];
        targets = new ColumnBuilder[tags.length];
        siblings = new int[tags.length][];
        for (int i = 0; i < tags.length; i++) {
            readers[i] = members.get(memberOf[i]).reader();
            operations[i] = readers[i].operation();
            siblings[i] = siblings(memberOf[i]);
        }
    }

    private int[] siblings(int member) {
        int oneof = members.get(member).oneof();
        if (oneof < 0) {
            return NO_SIBLINGS;
        }
        List<Integer> others = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            if (m != member && members.get(m).oneof() == oneof) {
                others.add(m);
            }
        }
        return others.stream().mapToInt(Integer::intValue).toArray();
    }

    void bind(ColumnBuilder[] columns) {
        for (Member member : members) {
            member.reader().bind(columns[member.column()]);
        }
        for (int i = 0; i < tags.length; i++) {
            targets[i] = columns[members.get(memberOf[i]).column()];
        }
    }

    void begin() {
        for (Member member : members) {
            member.reader().begin();
        }
    }

    /** @param rows the size of all builders when the message began */
    void finish(int rows, int position) {
        for (Member member : members) {
            member.reader().finish(rows, position);
        }
    }

    /** Takes the fields {@code b[from, to)} of a message. */
    void read(byte[] b, int from, int to, int rows) {
        int p = from;
        int next = 0;
        while (p < to) {
            int tag = Wire.tag(ints.read(b, p, to), p);
            p = ints.next();
            int entry = next < tags.length && tags[next] == tag ? next : Arrays.binarySearch(tags, tag);
            if (entry < 0) {
                p = Wire.skip(ints, tag, b, p, to);
                continue;
            }
            next = entry + 1;
            if (siblings[entry].length > 0) {
                clearSiblings(siblings[entry], rows);
            }
            int operation = operations[entry];
            if (operation == CALL) {
                p = readers[entry].read(tag, b, p, to, rows);
                continue;
            }
            ColumnBuilder target = targets[entry];
            if (target.size() != rows) {
                target.truncate(rows);
            }
            switch (operation) {
                case LONG -> {
                    ((LongBuilder) target).append(ints.read(b, p, to));
                    p = ints.next();
                }
                case INT -> {
                    ((IntBuilder) target).append((int) ints.read(b, p, to));
                    p = ints.next();
                }
                case TEXT -> {
                    int start = p;
                    int count = Wire.length(ints, b, p, to);
                    p = ints.next();
                    if (Utf8.invalidAt(b, p, p + count) >= 0) {
                        throw Scalars.notUtf8(start);
                    }
                    ((BytesBuilder) target).view(b, p, count);
                    p += count;
                }
                case BYTES -> {
                    int count = Wire.length(ints, b, p, to);
                    p = ints.next();
                    ((BytesBuilder) target).view(b, p, count);
                    p += count;
                }
                case DOUBLE -> {
                    ((DoubleBuilder) target).append(Double.longBitsToDouble(Wire.fixed64(b, p, to)));
                    p += Double.BYTES;
                }
                case BOOLEAN -> {
                    ((BooleanBuilder) target).append(ints.read(b, p, to) != 0);
                    p = ints.next();
                }
                default -> throw new IllegalStateException("operation " + operation);
            }
        }
    }

    private void clearSiblings(int[] others, int rows) {
        for (int other : others) {
            members.get(other).reader().clear(rows);
        }
    }
}
