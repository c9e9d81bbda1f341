package io.laminar.execution.expression;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads from a class file how many bytes of code its methods have. */
final class MethodSizes {
    /** HotSpot leaves methods with more bytes than this to the interpreter (-XX:HugeMethodLimit). */
    static final int HUGE = 8000;

    static final String CONSTRUCTOR = "<init>";

    private MethodSizes() {}

    /** Bytes of code by method name. */
    static Map<String, Integer> of(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> read(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        String[] names = constantPool(in);
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        int fields = in.readUnsignedShort();
        for (int i = 0; i < fields; i++) {
            in.skipNBytes(6);
            attributes(in, names);
        }
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int methods = in.readUnsignedShort();
        for (int i = 0; i < methods; i++) {
            in.skipNBytes(2);
            String name = names[in.readUnsignedShort()];
            in.skipNBytes(2);
            sizes.merge(name, attributes(in, names), Math::max);
        }
        return sizes;
    }

    private static String[] constantPool(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        String[] names = new String[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> names[i] = in.readUTF();
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("constant of kind " + tag);
            }
        }
        return names;
    }

    /** Skips attributes; the length of the code if there is some. */
    private static int attributes(DataInputStream in, String[] names) throws IOException {
        int code = 0;
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            String name = names[in.readUnsignedShort()];
            int length = in.readInt();
            if ("Code".equals(name)) {
                in.skipNBytes(4);
                code = in.readInt();
                in.skipNBytes(length - 8L);
            } else {
                in.skipNBytes(length);
            }
        }
        return code;
    }
}
