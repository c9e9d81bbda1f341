package io.laminar.spi.infer;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;

/** A format that finds out which columns its records have. Options are those of the format, as far as they are known. */
public interface SchemaInference {

    /**
     * From the start of some data; a record that the sample cuts off is left out.
     *
     * @throws LaminarException BAD_RECORD for data that is not of the format, INVALID_SCHEMA for data without columns
     */
    default InferredSchema ofSample(byte[] sample, OptionValues options) {
        throw new LaminarException(ErrorCode.INVALID_OPTION, "records of this format do not say what is in them");
    }

    /**
     * From the text of a schema in the language of the format.
     *
     * @throws LaminarException INVALID_OPTION with the place in the text where it is known, INVALID_SCHEMA
     */
    default InferredSchema ofDefinition(String text, OptionValues options) {
        throw new LaminarException(ErrorCode.INVALID_OPTION, "this format has no language for schemas");
    }

    /**
     * From the latest schema of the subject and registry that the options name, with what it imports.
     *
     * @throws LaminarException RESOURCE_NOT_FOUND, UNREACHABLE, ACCESS_DENIED
     */
    default InferredSchema ofSubject(OptionValues options) {
        throw new LaminarException(ErrorCode.INVALID_OPTION, "this format has no schemas in registries");
    }
}
