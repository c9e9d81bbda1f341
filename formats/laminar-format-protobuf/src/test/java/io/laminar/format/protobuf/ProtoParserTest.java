package io.laminar.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoParserTest {

    private static FileDescriptor link(FileDescriptorProto file) {
        return ProtobufSchemas.link(file, name -> {
            throw new AssertionError(name);
        });
    }

    @Test
    void readsWhatFilesHave() {
        FileDescriptor file = link(ProtoParser.parse("t.proto", """
                // A comment
                syntax = "proto2"; /* another
                one */ package a.b;
                import public "google/protobuf/timestamp.proto";
                option java_package = "x";
                option (custom).thing = { a: 1 b: [2, 3] };
                message M {
                  option deprecated = false;
                  reserved 5, 10 to 20; reserved "old";
                  extensions 100 to max;
                  required int32 id = 1 [(my.option) = "[;]", deprecated = true];
                  repeated sint64 list = 2 [packed = true];
                  optional string s = 3 [default = 'it is "so"', json_name = "sss"];
                  optional .a.b.M.Kind kind = 4 [default = BIG];
                  enum Kind { option allow_alias = false; SMALL = -1 [(x) = 1]; BIG = 0x10; reserved 3; }
                  map<string, Inner> inner_map = 6;
                  message Inner { optional M parent = 1; oneof either { bool a = 2; double b = 3; } }
                  optional group Result = 7 { optional float f = 1; }
                  extend M { optional int32 more = 101; }
                  optional google.protobuf.Timestamp at = 8;
                };
                service S { rpc Call (M) returns (stream M) { option x = 1; } rpc Other(M) returns (M); }
                enum Top { ZERO = 0; }
                """));
        Descriptor message = file.findMessageTypeByName("M");
        assertEquals(
                List.of("id", "list", "s", "kind", "inner_map", "result", "at"),
                message.getFields().stream().map(f -> f.getName()).toList());
        assertEquals("it is \"so\"", message.findFieldByName("s").getDefaultValue());
        assertEquals("sss", message.findFieldByName("s").getJsonName());
        assertEquals(
                16,
                message.findFieldByName("kind")
                        .getEnumType()
                        .findValueByName("BIG")
                        .getNumber());
        assertEquals(true, message.findFieldByName("inner_map").isMapField());
        assertEquals(true, message.findFieldByName("list").isPacked());
        assertEquals(
                "either",
                message.findNestedTypeByName("Inner").getOneofs().get(0).getName());
    }

    @Test
    void optionalOfProto3HasPresence() {
        FileDescriptor file = link(ProtoParser.parse(
                "t.proto",
                "syntax = 'proto3'; message M { optional int32 a = 1; int32 b = 2; oneof o { int32 c = 3; } }"));
        Descriptor message = file.findMessageTypeByName("M");
        assertEquals(true, message.findFieldByName("a").hasPresence());
        assertEquals(false, message.findFieldByName("b").hasPresence());
        assertEquals(1, message.getRealOneofs().size());
    }

    @Test
    void faultsHaveALine() {
        assertEquals("the .proto text, line 2: expected ';', found '}'", refusal("message M {\n int32 a = 1 }"));
        assertEquals(
                "the .proto text, line 1: expected a whole number, found 'x'", refusal("message M { int32 a = x; }"));
        assertEquals("the .proto text, line 1: a string does not end", refusal("import \"x"));
        assertEquals("the .proto text, line 1: 'banana' does not start a statement", refusal("banana"));
        assertEquals(
                "the .proto text, line 1: syntax 'proto4' is not known; there are proto2 and proto3",
                refusal("syntax = \"proto4\";"));
        String deep = "message M {".repeat(100);
        assertEquals("the .proto text, line 1: messages are nested deeper than 64 levels", refusal(deep));
    }

    private static String refusal(String text) {
        return assertThrows(LaminarException.class, () -> ProtoParser.parse("t.proto", text))
                .reason();
    }

    /** What is written reads back the same. */
    @Test
    void textsOfGooglesOwnFiles() {
        for (FileDescriptor file : List.of(
                StructProto.getDescriptor(),
                TypeProto.getDescriptor(),
                DurationProto.getDescriptor(),
                WrappersProto.getDescriptor())) {
            String text = ProtoText.of(file.toProto());
            FileDescriptor read = link(ProtoParser.parse(
                    "copy_" + file.getName().replace('/', '_'),
                    text.replace("package google.protobuf;", "package copy;")
                            .replace(".google.protobuf.", ".copy.")
                            .replace(".copy.Any", ".google.protobuf.Any")
                            .replace(".copy.SourceContext", ".google.protobuf.SourceContext")));
            assertEquals(
                    file.getMessageTypes().stream().map(Descriptor::getName).toList(),
                    read.getMessageTypes().stream().map(Descriptor::getName).toList());
            for (Descriptor type : file.getMessageTypes()) {
                Descriptor copy = read.findMessageTypeByName(type.getName());
                assertEquals(
                        type.getFields().stream()
                                .map(f -> f.getNumber() + " " + f.getType() + " " + f.isRepeated() + f.isMapField())
                                .toList(),
                        copy.getFields().stream()
                                .map(f -> f.getNumber() + " " + f.getType() + " " + f.isRepeated() + f.isMapField())
                                .toList(),
                        text);
            }
        }
    }
}
