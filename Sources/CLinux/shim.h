// What Linux has beyond POSIX and Swift's Glibc leaves out.
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);
