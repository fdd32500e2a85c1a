/** What pages show: plain texts and numbers, made from the documents. All that others have named is fit to be shown. */
package io.fanin.pages.view;
