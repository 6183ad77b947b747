package io.sluice.state.sparse;

/**
 * How the embedding values of a packed row are stored. The code is part of the checkpoint format:
 * never renumber.
 *
 * <p>The two short formats are written with stochastic rounding (Gupta et al., "Deep Learning with
 * Limited Numerical Precision", ICML 2015): up with a probability equal to the remainder, so that
 * steps smaller than the spacing of the format are not lost but taken now and then in full.
 */
public enum ValueFormat {
    /** 4 bytes a value, exact. */
    FLOAT32(0, 1, 6),
    /** 2 bytes: sign, 8 bits of exponent, 7 of mantissa. */
    BFLOAT16(1, 2, 5),
    /** 1 byte times a scale of the row, which follows its largest value. */
    INT8(2, 4, 5);

    private final int code;
    private final int perWord;
    private final int headWords;

    ValueFormat(int code, int perWord, int headWords) {
        this.code = code;
        this.perWord = perWord;
        this.headWords = headWords;
    }

    /** The format's number in bytes. */
    public int code() {
        return code;
    }

    /** 32-bit words of a row before its values: key, linear weight, sums of AdaGrad, marks. */
    int headWords() {
        return headWords;
    }

    /** 32-bit words that hold so many values. */
    int valueWords(int width) {
        return (width + perWord - 1) / perWord;
    }
}
