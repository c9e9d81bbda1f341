package io.laminar.format.parquet;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.StructBuilder;
import java.util.List;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.jspecify.annotations.Nullable;

/**
 * Puts structs, lists and maps together from the levels of their leaves, as S. Melnik et al. describe it (Dremel, 2010):
 * a definition level says how many of the optional groups around a value are there, a repetition level which of the
 * repeated groups goes on.
 */
final class NestedSources {

    private NestedSources() {}

    /** A source over others whose first leaf tells for all of them. */
    private abstract static class Group implements ColumnSource {
        private final List<ColumnSource> members;

        Group(List<ColumnSource> members) {
            this.members = members;
        }

        @Override
        public void start(PageReadStore group, @Nullable ParsedVersion writer) {
            members.forEach(member -> member.start(group, writer));
        }

        @Override
        public void read(int count) {
            for (int i = 0; i < count; i++) {
                readOne();
            }
        }

        @Override
        public void passOver() {
            members.forEach(ColumnSource::passOver);
        }

        @Override
        public int definition() {
            return members.get(0).definition();
        }

        @Override
        public int repetition() {
            return members.get(0).repetition();
        }

        final List<ColumnSource> members() {
            return members;
        }
    }

    static final class StructSource extends Group {
        private final StructBuilder target;
        private final int present;

        /** @param present the definition level from which the struct is there */
        StructSource(List<ColumnSource> members, ColumnBuilder target, int present) {
            super(members);
            this.target = (StructBuilder) target;
            this.present = present;
        }

        @Override
        public void readOne() {
            if (definition() < present) {
                passOver();
                target.appendNull();
                return;
            }
            for (ColumnSource member : members()) {
                member.readOne();
            }
            target.endStruct();
        }
    }

    /** Lists and maps: groups that repeat. */
    static final class RepeatedSource extends Group {
        private final ColumnBuilder target;
        private final int present;
        private final int filled;
        private final int level;

        /**
         * @param present the definition level from which the list is there
         * @param filled the one from which it has an element
         * @param level the repetition level of its elements but the first
         */
        RepeatedSource(List<ColumnSource> parts, ColumnBuilder target, int present, int filled, int level) {
            super(parts);
            this.target = target;
            this.present = present;
            this.filled = filled;
            this.level = level;
        }

        @Override
        public void readOne() {
            int definition = definition();
            if (definition < present) {
                passOver();
                target.appendNull();
                return;
            }
            if (definition < filled) {
                passOver();
            } else {
                do {
                    for (ColumnSource part : members()) {
                        part.readOne();
                    }
                } while (repetition() == level);
            }
            if (target instanceof ListBuilder lists) {
                lists.endList();
            } else {
                ((MapBuilder) target).endMap();
            }
        }
    }
}
