package io.laminar.execution.function;

import io.laminar.execution.function.RegexNode.Capture;
import io.laminar.execution.function.RegexNode.Choice;
import io.laminar.execution.function.RegexNode.Edge;
import io.laminar.execution.function.RegexNode.Repeat;
import io.laminar.execution.function.RegexNode.Sequence;
import io.laminar.execution.function.RegexNode.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A {@link RegexNode} as instructions of three numbers each. */
final class RegexProgram {
    static final int BYTE = 0;
    static final int TEXT = 1;
    static final int SET = 2;
    /** As many characters of a set as there are, giving back one after the other. */
    static final int RUN = 3;

    static final int SPLIT = 4;
    static final int JUMP = 5;
    static final int SAVE = 6;
    static final int START = 7;
    static final int END = 8;
    static final int WORD = 9;
    static final int NO_WORD = 10;
    static final int MATCH = 11;

    private static final int WIDTH = 3;
    private static final int LONGEST = 3000;

    private final List<byte[]> texts = new ArrayList<>();
    private final List<RegexNode.Set> sets = new ArrayList<>();
    private int[] code = new int[32 * WIDTH];
    private int size;

    private RegexProgram() {}

    /** The instructions; empty if there would be too many. */
    static Optional<RegexProgram> of(RegexNode node) {
        RegexProgram program = new RegexProgram();
        program.emit(node);
        program.add(MATCH, 0, 0);
        return program.size > LONGEST ? Optional.empty() : Optional.of(program);
    }

    int[] code() {
        return Arrays.copyOf(code, size * WIDTH);
    }

    byte[][] texts() {
        return texts.toArray(new byte[0][]);
    }

    RegexNode.Set[] sets() {
        return sets.toArray(new RegexNode.Set[0]);
    }

    private int add(int operation, int first, int second) {
        if (size * WIDTH == code.length) {
            code = Arrays.copyOf(code, code.length * 2);
        }
        code[size * WIDTH] = operation;
        code[size * WIDTH + 1] = first;
        code[size * WIDTH + 2] = second;
        return size++;
    }

    private int set(RegexNode.Set set) {
        int known = sets.indexOf(set);
        if (known >= 0) {
            return known;
        }
        sets.add(set);
        return sets.size() - 1;
    }

    private void emit(RegexNode node) {
        if (size > LONGEST) {
            return;
        }
        if (node instanceof Text text) {
            if (text.bytes().length == 1) {
                add(BYTE, text.bytes()[0], 0);
            } else {
                texts.add(text.bytes());
                add(TEXT, texts.size() - 1, 0);
            }
        } else if (node instanceof RegexNode.Set set) {
            add(SET, set(set), 0);
        } else if (node instanceof Sequence sequence) {
            sequence.parts().forEach(this::emit);
        } else if (node instanceof Choice choice) {
            emitChoice(choice.options());
        } else if (node instanceof Capture capture) {
            add(SAVE, 2 * capture.number(), 0);
            emit(capture.body());
            add(SAVE, 2 * capture.number() + 1, 0);
        } else if (node instanceof Edge edge) {
            int operation =
                    switch (edge) {
                        case START -> START;
                        case END -> END;
                        case WORD -> WORD;
                        case NO_WORD -> NO_WORD;
                    };
            add(operation, 0, 0);
        } else {
            emitRepeat((Repeat) node);
        }
    }

    private void emitChoice(List<RegexNode> options) {
        List<Integer> jumps = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            boolean last = i == options.size() - 1;
            int split = last ? -1 : add(SPLIT, size + 1, 0);
            emit(options.get(i));
            if (!last) {
                jumps.add(add(JUMP, 0, 0));
                code[split * WIDTH + 2] = size;
            }
        }
        jumps.forEach(jump -> code[jump * WIDTH + 1] = size);
    }

    private void emitRepeat(Repeat repeat) {
        RegexNode body = repeat.body();
        if (repeat.greedy() && body instanceof RegexNode.Set set && repeat.most() < 0) {
            for (int i = 0; i < repeat.least(); i++) {
                emit(body);
            }
            add(RUN, set(set), 0);
            return;
        }
        for (int i = 0; i < repeat.least(); i++) {
            emit(body);
        }
        if (repeat.most() < 0) {
            int split = add(SPLIT, 0, 0);
            emit(body);
            add(JUMP, split, 0);
            branch(split, repeat.greedy());
            return;
        }
        List<Integer> splits = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            splits.add(add(SPLIT, 0, 0));
            emit(body);
        }
        splits.forEach(split -> branch(split, repeat.greedy()));
    }

    /** Lets a split lead into the instruction behind it and to the end of the code, in the order wanted. */
    private void branch(int split, boolean inFirst) {
        code[split * WIDTH + 1] = inFirst ? split + 1 : size;
        code[split * WIDTH + 2] = inFirst ? size : split + 1;
    }
}
